"""Statements that are asked all day: written with SQLAlchemy, compiled once, and put to the driver itself.

SQLAlchemy's own execution costs five to ten times what the driver needs for a statement that finds one row by an index
(docs/performance.md). Only reads belong here, and only those that programs ask on every task or pages on every view.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Select
from sqlalchemy.engine.interfaces import Dialect

from training.db.connections import reading_engine

Rows = Sequence[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one database's driver takes it."""

    sql: str
    names: tuple[str, ...]
    is_positional: bool
    writers: Mapping[str, Callable[[Any], Any]]

    def parameters(self, given: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them: written as its database stores them, in the order of the marks or by name."""
        values = {name: writer(given[name]) if (writer := self.writers.get(name)) else given[name] for name in given}
        return [values[name] for name in self.names] if self.is_positional else values


def _compile(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    processors = {bind.key: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in compiled.binds.values()}
    writers = {name: processor for name, processor in processors.items() if processor is not None}
    return _Compiled(str(compiled), tuple(compiled.positiontup or ()), compiled.positional, writers)


class Prepared:
    """One such statement. Its rows hold what the driver gives: JSON as text and instants as the statement writes them."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **parameters: Any) -> Rows:
        """Every row it finds."""
        engine = reading_engine()
        compiled = self._for(engine.dialect)
        return _ask(engine, compiled.sql, compiled.parameters(parameters))

    def _for(self, dialect: Dialect) -> _Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]


def _ask(engine: Engine, sql: str, parameters: Any) -> Rows:
    """Put a statement to the driver. Whoever watches the engine's statements sees it; a connection on which it fails is not used again."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        for watcher in engine.dispatch.before_cursor_execute:
            watcher(None, cursor, sql, parameters, None, False)
        cursor.execute(sql, parameters)
        return cursor.fetchall()
    except Exception:
        connection.invalidate()
        raise
    finally:
        connection.close()
