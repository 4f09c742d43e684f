"""How people want cases shown."""

from datetime import datetime

from training.db import db
from training.practice import queries
from training.practice.models import PracticePreference


def choose_preferences(person_id: int, preference: queries.Preference, *, now: datetime) -> None:
    """Show cases to this person as they want them from now on."""
    queries.hold_practice_of(person_id)
    row = queries.stored_preference(person_id) or PracticePreference(person_id=person_id)
    row.is_blurring = preference.is_blurring
    row.is_greyscale = preference.is_greyscale
    row.is_prompting_breaks = preference.is_prompting_breaks
    row.changed_at = now
    db.session.add(row)
    db.session.flush()
