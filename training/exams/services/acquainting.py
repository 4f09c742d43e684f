"""Who knows which item, and so never draws it."""

from datetime import datetime

from training.db import db
from training.exams import queries
from training.exams.models import Item, ItemAcquaintance
from training.exams.rules.acquaintance import Acquaintance


def note_acquaintance(person_id: int, item: Item, how: Acquaintance, *, now: datetime) -> None:
    """Remember that this person knows this item; they will never draw it."""
    if not queries.is_acquainted(person_id, item.id, how):
        db.session.add(ItemAcquaintance(person_id=person_id, item_id=item.id, how=how.value, recorded_at=now))
        db.session.flush()
