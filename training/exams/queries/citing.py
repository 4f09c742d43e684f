"""Which items are decided by which clauses."""

from collections.abc import Collection

from sqlalchemy import select

from training.cases.queries import cites
from training.db import db
from training.exams.models import Item, ItemVersion
from training.exams.rules.blueprint import ItemState


def items_citing(codes: Collection[str]) -> list[tuple[str, ItemState]]:
    """Every item whose current version cites one of these clauses, by slug, and whether it is drawn."""
    if not codes:
        return []
    asked = select(Item.slug, Item.state).join(ItemVersion, ItemVersion.id == Item.current_version_id).where(cites(ItemVersion.clauses, codes))
    return [(slug, ItemState(state)) for slug, state in db.session.execute(asked.order_by(Item.slug))]


def held_items_citing(codes: Collection[str], *, skipped: int, count: int) -> list[str]:
    """The held items whose current version cites one of these clauses, by slug."""
    if not codes:
        return []
    asked = select(Item.slug).join(ItemVersion, ItemVersion.id == Item.current_version_id)
    asked = asked.where(Item.state == ItemState.HELD.value, cites(ItemVersion.clauses, codes))
    return list(db.session.scalars(asked.order_by(Item.slug).offset(skipped).limit(count)))
