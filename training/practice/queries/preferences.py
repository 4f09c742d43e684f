"""How people want cases shown."""

from collections.abc import Collection, Mapping

from sqlalchemy import bindparam, select

from training.db import Prepared, db
from training.practice.models import PracticePreference
from training.practice.rules import FIELDS, Preference, Wish, usual_preference, with_choices


def preference_of(person_id: int, *, usual: Collection[str]) -> Preference:
    """How cases are shown to this person; `usual` are the wishes that the organisation has for who chose nothing."""
    return with_choices(usual_preference(usual), choices_of(person_id))


_CHOSEN = Prepared(select(*(getattr(PracticePreference, name) for name in FIELDS.values())).where(PracticePreference.person_id == bindparam("person_id")))


def choices_of(person_id: int) -> Mapping[Wish, bool | None]:
    """What this person chose themselves; None where they go with the organisation. Every case of an exam asks for it, so the driver itself is asked."""
    (chosen,) = _CHOSEN.here(person_id=person_id) or [(None,) * len(FIELDS)]
    return {wish: None if choice is None else bool(choice) for wish, choice in zip(FIELDS, chosen, strict=True)}


def stored_preference(person_id: int) -> PracticePreference | None:
    """The row of what this person chose, if they ever did."""
    return db.session.get(PracticePreference, person_id)
