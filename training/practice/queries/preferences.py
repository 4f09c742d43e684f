"""How people want cases shown."""

from dataclasses import dataclass

from training.db import db
from training.practice.models import PracticePreference


@dataclass(frozen=True, slots=True)
class Preference:
    """How a person wants cases shown. What nobody chose is the organisation's default."""

    is_blurring: bool = True
    is_greyscale: bool = False
    is_prompting_breaks: bool = True


def preference_of(person_id: int) -> Preference:
    """How this person wants cases shown."""
    row = db.session.get(PracticePreference, person_id)
    return Preference(row.is_blurring, row.is_greyscale, row.is_prompting_breaks) if row else Preference()


def stored_preference(person_id: int) -> PracticePreference | None:
    """What this person chose themselves, if they did."""
    return db.session.get(PracticePreference, person_id)
