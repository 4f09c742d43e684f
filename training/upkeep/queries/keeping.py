"""Whose time is over."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, Table, and_, delete, func, null, or_, select, update

from training.db import db
from training.upkeep.documents import Keeping
from training.upkeep.models import RetentionRun
from training.upkeep.queries.tables import is_among, is_referred_to, table_named


def _is_due(table: Table, keeping: Keeping, now: datetime) -> ColumnElement[bool]:
    """Whether a row's time is over and it may go: no other row refers to it, or something is left to be emptied. A text column holds months."""
    is_over = _is_over(table, keeping, now - timedelta(days=keeping.days))
    if keeping.empty:
        return and_(is_over, or_(*(table.c[name].is_not(None) for name in keeping.empty)))
    return and_(is_over, *(~reference for reference in is_referred_to(table)))


def _is_over(table: Table, keeping: Keeping, limit: datetime) -> ColumnElement[bool]:
    """Whether the instant of a row, or of the row of another table that it names, lies before this."""
    column, other = keeping.instant
    if other is None:
        after = table.c[column]
        return after < (limit.strftime("%Y-%m") if isinstance(after.type, String) else limit)
    named = table_named(other)
    (reference,) = (part for part in table.foreign_keys if part.column.table is named)
    return reference.parent.in_(select(reference.column).where(named.c[column] < limit))


def due_count(name: str, keeping: Keeping, *, now: datetime) -> int:
    """How many rows of this table are to be deleted or emptied now."""
    table = table_named(name)
    return db.session.scalar(select(func.count()).select_from(table).where(_is_due(table, keeping, now))) or 0


def clear_due(name: str, keeping: Keeping, *, now: datetime, limit: int) -> int:
    """Delete them, or empty their columns, so many at most; how many it were."""
    table = table_named(name)
    keys = db.session.execute(select(*table.primary_key.columns).where(_is_due(table, keeping, now)).limit(limit)).all()
    if not keys:
        return 0
    which = is_among(table, keys)
    db.session.execute(update(table).where(which).values(dict.fromkeys(keeping.empty, null())) if keeping.empty else delete(table).where(which))
    return len(keys)


def run_of(day: date) -> RetentionRun | None:
    """What was done on this day of the organisation's."""
    return db.session.get(RetentionRun, day)


def runs(*, limit: int) -> Sequence[RetentionRun]:
    """The last ones, the newest first."""
    return db.session.scalars(select(RetentionRun).order_by(RetentionRun.day.desc()).limit(limit)).all()
