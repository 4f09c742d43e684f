"""Statements that are asked all day: written with SQLAlchemy, compiled once, and put to the driver itself.

SQLAlchemy's own execution costs five to ten times what the driver needs for a statement that finds one row by an index
(docs/performance.md). Only reads belong here, and only those that programs ask on every task, pages on every view or
everybody in the minute in which an exam starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Select
from sqlalchemy.engine.interfaces import Dialect

from training.db.base import db
from training.db.lines import Rows, on_line

Writer = Callable[[Any], Any]
Question = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A statement as one database's driver takes it: its parameters by position or by name, each with what writes it as its database stores it."""

    sql: str
    parameters: tuple[tuple[str, Writer | None], ...]
    fixed: Mapping[str, Any]
    """Values that stand in the statement itself."""
    is_positional: bool

    def bound(self, given: Mapping[str, Any]) -> Any:
        """The parameters as the driver takes them."""
        values = {**self.fixed, **given}
        if self.is_positional:
            return tuple(writer(values[name]) if writer else values[name] for name, writer in self.parameters)
        return {name: writer(values[name]) if writer else values[name] for name, writer in self.parameters}


def _compile(statement: Question, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    binds = {name: bind for bind, name in compiled.bind_names.items()}
    writers = {name: bind.type.dialect_impl(dialect).bind_processor(dialect) for name, bind in binds.items()}
    fixed = {name: bind.value for name, bind in binds.items() if not bind.required}
    names = compiled.positiontup if compiled.positional else writers
    return _Compiled(str(compiled), tuple((name, writers[name]) for name in names or ()), fixed, compiled.positional)


class Prepared:
    """One such statement. Its rows hold what the driver gives: JSON as text and instants as the statement writes them."""

    def __init__(self, statement: Question) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, **parameters: Any) -> Rows:
        """Every row it finds."""
        engine = db.engine
        compiled = self._for(engine.dialect)
        bound = compiled.bound(parameters)
        return on_line(engine, lambda line: line.ask(compiled.sql, bound))

    def here(self, **parameters: Any) -> Rows:
        """Every row it finds as the session's transaction sees it, where one is under way: what was changed there counts."""
        if not db.session().in_transaction():
            return self.rows(**parameters)
        db.session.flush()
        connection = db.session.connection()
        compiled = self._for(connection.dialect)
        return [tuple(row) for row in connection.exec_driver_sql(compiled.sql, compiled.bound(parameters))]

    def _for(self, dialect: Dialect) -> _Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]
