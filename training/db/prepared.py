"""Statements that are asked all day: written with SQLAlchemy, compiled once, and put to the driver itself.

SQLAlchemy's own execution costs five to ten times what the driver needs for a statement that finds one row by an index
(docs/performance.md). Only reads belong here, and only those that programs ask on every task or pages on every view.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, PoolProxiedConnection, Select, event
from sqlalchemy.engine.interfaces import Dialect

from training.db.base import db

Rows = Sequence[tuple[Any, ...]]
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
        return _ask(engine, compiled.sql, compiled.bound(parameters))

    def _for(self, dialect: Dialect) -> _Compiled:
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = _compile(self._statement, dialect)
        return self._compiled[dialect.name]


class _Line:
    """A connection that one thread asks on and keeps, in autocommit.

    Taking one from the pool for every statement would cost as much again as the statement; and a transaction that ends
    in ROLLBACK makes PostgreSQL's driver forget what its connection had prepared.
    """

    def __init__(self, engine: Engine, connection: PoolProxiedConnection) -> None:
        self.pool = engine.pool
        self._engine = engine
        self._connection = connection
        self._connection.detach()
        engine.dialect.set_isolation_level(connection.dbapi_connection, "AUTOCOMMIT")  # type: ignore[arg-type]
        self._cursor = connection.cursor()

    def __del__(self) -> None:
        """Close it with its thread."""
        self._connection.close()

    def ask(self, sql: str, parameters: Any) -> Rows:
        """Put a statement to the driver; whoever watches the engine's statements sees it."""
        for watcher in self._engine.dispatch.before_cursor_execute:
            watcher(None, self._cursor, sql, parameters, None, False)
        self._cursor.execute(sql, parameters)
        return self._cursor.fetchall()

    def is_cut_by(self, error: Exception) -> bool:
        """Whether this error says that the database is at the other end no more."""
        return self._engine.dialect.is_disconnect(error, self._connection.dbapi_connection, self._cursor)  # type: ignore[arg-type]


_lines = threading.local()


def _line(engine: Engine) -> _Line:
    """This thread's line; a new one where the engine was disposed of since."""
    line: _Line | None = getattr(_lines, "line", None)
    if line is None or line.pool is not engine.pool:
        line = _lines.line = _Line(engine, engine.raw_connection())
    return line


@event.listens_for(Engine, "engine_disposed")
def _let_go(_engine: Engine) -> None:
    _lines.__dict__.clear()


def _ask(engine: Engine, sql: str, parameters: Any) -> Rows:
    """The rows. A line on which a statement fails is not used again; where it was cut, the statement is put once more on a new one."""
    line = _line(engine)
    try:
        return line.ask(sql, parameters)
    except Exception as error:
        _let_go(engine)
        if not line.is_cut_by(error):
            raise
    return _line(engine).ask(sql, parameters)
