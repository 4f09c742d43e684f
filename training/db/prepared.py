"""Statements that are asked all day: written with SQLAlchemy, compiled once, and put to the driver itself.

SQLAlchemy's own execution costs five to ten times what the driver needs for a statement that finds one row by an index
(docs/performance.md). Only reads belong here, and only those that programs ask on every task or pages on every view.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.engine.interfaces import Dialect

from training.db.base import db
from training.db.lines import Rows, on_line

Writer = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one database's driver takes it: its parameters by position or by name, each with what writes it as its database stores it."""

    sql: str
    parameters: tuple[tuple[str, Writer | None], ...]
    is_positional: bool

    def bound(self, given: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them."""
        if self.is_positional:
            return [writer(given[name]) if writer else given[name] for name, writer in self.parameters]
        return {name: writer(given[name]) if writer else given[name] for name, writer in self.parameters}


def _compile(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    writers = {bind.key: bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in compiled.binds.values()}
    names = compiled.positiontup if compiled.positional else writers
    return _Compiled(str(compiled), tuple((name, writers[name]) for name in names or ()), compiled.positional)


class Prepared:
    """One such statement. Its rows hold what the driver gives: JSON as text and instants as the statement writes them."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **parameters: Any) -> Rows:
        """Every row it finds."""
        engine = db.engine
        compiled = self._for(engine.dialect)
        bound = compiled.bound(parameters)
        return on_line(engine, lambda line: line.ask(compiled.sql, bound))

    def _for(self, dialect: Dialect) -> _Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]
