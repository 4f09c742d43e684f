"""Many rows as one JSON value, so that one statement reads everything about somebody; written alike for both databases.

One value instead of many rows because on both databases most of a small question's cost lies in the rows.
"""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar, overload

from sqlalchemy import ColumnElement, Dialect, Integer, Select, Text, TypeDecorator, bindparam, cast
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class _ValueList(TypeDecorator[list[Any]]):
    """Several values as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True
    of: ClassVar[type[TypeEngine[Any]]]

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array where there are arrays."""
        return dialect.type_descriptor(ARRAY(self.of) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: list[Any] | None, dialect: Dialect) -> Any:
        """As the database reads it."""
        return value if dialect.name == "postgresql" or value is None else json.dumps(value)


class TextList(_ValueList):
    """Several texts as one parameter."""

    cache_ok = True
    of = Text


class IdList(_ValueList):
    """Several ids as one parameter."""

    cache_ok = True
    of = Integer


class _Written(FunctionElement[Any]):
    """A function that each database writes in its own way."""

    inherit_cache = True


def _written_as(sqlite: str, postgresql: str) -> Callable[[type[_Written]], type[_Written]]:
    """How SQLite and PostgreSQL write this function; `{}` are its arguments."""

    def register(function: type[_Written]) -> type[_Written]:
        for dialect, form in (("sqlite", sqlite), ("postgresql", postgresql)):

            def write(element: _Written, compiler: Any, *, form: str = form, **options: Any) -> str:
                written = [compiler.process(clause, **options) for clause in element.clauses]
                return form.format(*written, all=", ".join(written))

            compiles(function, dialect)(write)
        return function

    return register


@_written_as("json_array({all})", "json_build_array({all})")
class json_row(_Written):  # noqa: N801  (an SQL function)
    """Some columns as one JSON array."""

    inherit_cache = True


@_written_as("json_group_array({all})", "coalesce(json_agg({all}), '[]')")
class json_rows(_Written):  # noqa: N801
    """A value of every row, in a JSON array; in no order."""

    inherit_cache = True


@_written_as("json({all})", "{all}")
class json_value(_Written):  # noqa: N801
    """A JSON column inside a `json_row`."""

    inherit_cache = True


@_written_as("{all}", "({all} AT TIME ZONE 'UTC')")
class utc_text(_Written):  # noqa: N801
    """An instant inside a `json_row`: ISO 8601 in UTC, without the zone, which `instant_of` says again."""

    inherit_cache = True


@_written_as("json_each({all})", "jsonb_array_elements_text({all})")
class each_of(_Written):  # noqa: N801
    """The values of a JSON array as rows: `each_of(…).table_valued("value")`."""

    inherit_cache = True


@_written_as("{0} IN (SELECT value FROM json_each({1}))", "{0} = ANY ({1})")
class _one_of(_Written):  # noqa: N801
    inherit_cache = True


def one_of(column: ColumnElement[Any] | Any, name: str) -> ColumnElement[bool]:
    """Whether a column is one of the texts in the parameter of this name: the same statement for one text and for a thousand."""
    return _one_of(column, bindparam(name, type_=TextList))


def one_of_ids(column: ColumnElement[Any] | Any, name: str) -> ColumnElement[bool]:
    """The same for ids: `column IN (…)` would be compiled and planned anew for every number of them."""
    return _one_of(column, bindparam(name, type_=IdList))


def told(question: Select[Any]) -> ColumnElement[str]:
    """What a question of one value finds, as text: a column of a larger statement, to whose tables it may refer."""
    return cast(question.scalar_subquery(), Text)


@overload
def instant_of(text: str) -> datetime: ...
@overload
def instant_of(text: None) -> None: ...
def instant_of(text: str | None) -> datetime | None:
    """The instant that `utc_text` wrote."""
    return None if text is None else datetime.fromisoformat(text + "Z")
