"""Pinning items to the places of a form."""

from collections.abc import Sequence

from sqlalchemy.dialects import postgresql, sqlite

from training.db import db
from training.exams import queries
from training.exams.models import Attempt, DrawPool, FormItem, ItemUse
from training.exams.queries import Options
from training.exams.rules.drawing import shown_order
from training.exams.rules.pilots import Place


def insert_into(model: type[DrawPool] | type[ItemUse]) -> "sqlite.Insert | postgresql.Insert":
    """An insert that can say what happens on conflict, in this database's words."""
    return postgresql.insert(model) if db.engine.dialect.name == "postgresql" else sqlite.insert(model)


def pin_items(attempt: Attempt, places: Sequence[Place], *, exam_id: int) -> None:
    """Put these items on the next places of a form, each with its options in their own order, and count their use."""
    version_ids = [place.item.version_id for place in places]
    options = queries.option_ids(version_ids)
    for position, place in enumerate(places, start=queries.form_length(attempt.id) + 1):
        version_id, ids = place.item.version_id, options.get(place.item.version_id, Options())
        order = shown_order(ids.ids, attempt.seed, position, never_as_written=ids.are_steps)
        db.session.add(FormItem(attempt_id=attempt.id, position=position, item_version_id=version_id, option_order=order, is_pilot=place.is_pilot))
    db.session.flush()
    rows = [{"exam_id": exam_id, "item_id": item_id, "form_count": 1} for item_id in queries.item_ids(version_ids)]
    counted = insert_into(ItemUse).values(rows)
    db.session.execute(counted.on_conflict_do_update(index_elements=["exam_id", "item_id"], set_={"form_count": ItemUse.form_count + 1}))
