"""How people want cases shown."""

from collections.abc import Collection, Mapping

from training.db import db
from training.practice.models import PracticePreference
from training.practice.rules import FIELDS, Preference, Wish, usual_preference, with_choices


def preference_of(person_id: int, *, usual: Collection[str]) -> Preference:
    """How cases are shown to this person; `usual` are the wishes that the organisation has for who chose nothing."""
    return with_choices(usual_preference(usual), choices_of(person_id))


def choices_of(person_id: int) -> Mapping[Wish, bool | None]:
    """What this person chose themselves; None where they go with the organisation."""
    row = stored_preference(person_id)
    return {wish: getattr(row, name) if row else None for wish, name in FIELDS.items()}


def stored_preference(person_id: int) -> PracticePreference | None:
    """The row of what this person chose, if they ever did."""
    return db.session.get(PracticePreference, person_id)
