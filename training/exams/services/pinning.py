"""Pinning items to the places of a form."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite

from training.db import db
from training.exams import queries
from training.exams.models import Attempt, DrawPool, FormItem, ItemUse
from training.exams.rules.drawing import option_order
from training.exams.rules.pool import PoolItem


def insert_into(model: type[DrawPool] | type[ItemUse]) -> "sqlite.Insert | postgresql.Insert":
    """An insert that can say what happens on conflict, in this database's words."""
    return postgresql.insert(model) if db.engine.dialect.name == "postgresql" else sqlite.insert(model)


def pin_items(attempt: Attempt, items: Sequence[PoolItem], *, exam_id: int) -> None:
    """Put these items on the next places of a form, each with its options in their own order, and count their use."""
    options = queries.option_ids([item.version_id for item in items])
    for position, item in enumerate(items, start=queries.form_length(attempt.id) + 1):
        order = option_order(options.get(item.version_id, ()), attempt.seed, position)
        db.session.add(FormItem(attempt_id=attempt.id, position=position, item_version_id=item.version_id, option_order=order))
    db.session.flush()
    rows = [{"exam_id": exam_id, "item_id": item_id, "form_count": 1} for item_id in queries.item_ids([item.version_id for item in items])]
    counted = insert_into(ItemUse).values(rows)
    db.session.execute(counted.on_conflict_do_update(index_elements=["exam_id", "item_id"], set_={"form_count": ItemUse.form_count + 1}))
