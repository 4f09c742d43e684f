"""How people want cases shown."""

from collections.abc import Mapping
from datetime import datetime

from training.db import db
from training.practice import queries
from training.practice.models import PracticePreference
from training.practice.rules import FIELDS, Wish


def choose_preferences(person_id: int, choices: Mapping[Wish, bool | None], *, now: datetime) -> None:
    """Show cases to this person as they want them from now on; None of a wish goes with the organisation again."""
    queries.hold_practice_of(person_id)
    row = queries.stored_preference(person_id) or PracticePreference(person_id=person_id)
    for wish, choice in choices.items():
        setattr(row, FIELDS[wish], choice)
    row.changed_at = now
    db.session.add(row)
    db.session.flush()
