"""The tables themselves."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, tuple_

from training.db import Base


def table_named(name: str) -> Table:
    """The table of this name."""
    return Base.metadata.tables[name]


def tables_of(names: Iterable[str]) -> list[Table]:
    """The tables of these names."""
    return [table_named(name) for name in names]


def columns_by_table() -> Mapping[str, set[str]]:
    """The names of every table's columns."""
    return {name: {column.name for column in table.columns} for name, table in Base.metadata.tables.items()}


def is_among(table: Table, keys: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row is one of those with these primary keys, each a tuple."""
    return tuple_(*table.primary_key.columns).in_([tuple(key) for key in keys])


def is_referred_to(table: Table) -> list[ColumnElement[bool]]:
    """For each reference to this table, whether some row makes it to the row at hand."""
    found: list[ColumnElement[bool]] = []
    for other in Base.metadata.tables.values():
        for reference in other.foreign_key_constraints:
            if reference.referred_table is table:
                referring = other.alias()
                found.append(exists().where(and_(*(referring.c[part.parent.name] == part.column for part in reference.elements))))
    return found
