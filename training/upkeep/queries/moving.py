"""Reading a whole database and writing another, table by table."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    ForeignKeyConstraint,
    Insert,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB

from training.accounts.models import Person
from training.db import Base, unguarded
from training.upkeep.queries.tables import table_named
from training.upkeep.rules import in_order

BATCH = 500
ROW = dict[str, Any]
SEQUENCE = text("SELECT pg_get_serial_sequence(:table, :column)")


def copying_order() -> tuple[list[Table], Mapping[str, list[ForeignKeyConstraint]]]:
    """The tables, each after those that its rows refer to, and the references that close a circle: they are written afterwards.

    Those can only be of tables whose rows may change, and empty until then.
    """
    made = [reference for known in Base.metadata.tables.values() for reference in known.foreign_key_constraints]
    needs: dict[str, set[str]] = {name: set() for name in Base.metadata.tables}
    for reference in made:
        if reference.referred_table is not reference.table:
            needs[reference.table.name].add(reference.referred_table.name)
    fixed = {_pair(reference) for reference in made if not _can_wait(reference)}
    order, cut = in_order(needs, {_pair(reference) for reference in made} - fixed)
    waiting: dict[str, list[ForeignKeyConstraint]] = {}
    for reference in made:
        if _pair(reference) in cut or (reference.referred_table is reference.table and _can_wait(reference)):
            waiting.setdefault(reference.table.name, []).append(reference)
    return [table_named(name) for name in order], waiting


def _pair(reference: ForeignKeyConstraint) -> tuple[str, str]:
    return reference.table.name, reference.referred_table.name


def _can_wait(reference: ForeignKeyConstraint) -> bool:
    return all(part.nullable for part in reference.columns) and not reference.table.info.get("append_only")


def is_used(connection: Connection) -> bool:
    """Whether anybody is in that database."""
    return connection.scalar(select(Person.id).limit(1)) is not None


def clear(connection: Connection, order: Sequence[Table]) -> None:
    """Delete what the migrations themselves put into a database that nobody uses yet: it comes along with the rest."""
    with unguarded(connection, order):
        for known in reversed(order):
            connection.execute(delete(known))


def revision_of(connection: Connection) -> str | None:
    """The migration at which that database stands."""
    return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))


def batches(connection: Connection, known: Table) -> Iterator[Sequence[ROW]]:
    """Every row of a table, in the order of its key: a row of a ledger that refers to another of it comes after that.

    JSON as its text, so that no null turns into another.
    """
    columns = [cast(part, Text).label(part.name) if _is_json(part) else part for part in known.columns]
    asked: Select[Any] = select(*columns).order_by(*known.primary_key.columns).execution_options(yield_per=BATCH)
    for found in connection.execute(asked).mappings().partitions():
        yield [dict(row) for row in found]


def write(connection: Connection, known: Table, rows: Sequence[ROW], waiting: Sequence[ForeignKeyConstraint]) -> None:
    """Insert these rows, but for the references that wait."""
    empty = {part.name: None for reference in waiting for part in reference.columns}
    connection.execute(_inserting(known, connection.dialect.name), [row | empty for row in rows])


def write_waiting(connection: Connection, known: Table, rows: Sequence[ROW], reference: ForeignKeyConstraint) -> None:
    """Write the references that waited, now that what they refer to is there."""
    names = [part.name for part in reference.columns]
    keys = [part.name for part in known.primary_key.columns]
    changed = [{f"new_{name}": row[name] for name in names} | {f"key_{name}": row[name] for name in keys} for row in rows if row[names[0]] is not None]
    if changed:
        which = [known.c[name] == bindparam(f"key_{name}") for name in keys]
        connection.execute(update(known).where(*which).values({name: bindparam(f"new_{name}") for name in names}), changed)


def set_sequences(connection: Connection, tables: Sequence[Table]) -> None:
    """Let PostgreSQL go on counting behind the highest number of each table."""
    if connection.dialect.name != "postgresql":
        return
    for known in tables:
        keys = list(known.primary_key.columns)
        name = connection.scalar(SEQUENCE, {"table": known.name, "column": keys[0].name}) if len(keys) == 1 else None
        if name and (highest := connection.scalar(select(func.max(keys[0])))):
            connection.execute(text("SELECT setval(:name, :highest)"), {"name": name, "highest": highest})


def _inserting(known: Table, dialect: str) -> Insert:
    return insert(known).values({part.name: _given(part, dialect) for part in known.columns})


def _given(part: Column[Any], dialect: str) -> Any:
    if not _is_json(part):
        return bindparam(part.name, type_=part.type)
    return cast(bindparam(part.name, type_=Text()), JSONB) if dialect == "postgresql" else bindparam(part.name, type_=Text())


def _is_json(part: Column[Any]) -> bool:
    return isinstance(part.type, JSON)
