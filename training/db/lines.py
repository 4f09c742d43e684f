"""Connections to the driver itself that are kept, for what is asked all day.

Taking one from the pool for every statement would cost as much again as the statement; and a transaction that ends in
ROLLBACK makes PostgreSQL's driver forget what its connection had prepared.
"""

import sqlite3
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Engine, PoolProxiedConnection, event

Rows = Sequence[tuple[Any, ...]]
T = TypeVar("T")


class Unreachable(Exception):
    """The database cannot be reached now. Nothing was changed, or nobody knows whether it was: what may be said twice is to be said again."""


class Line:
    """One such connection, in autocommit; one thread at a time has it."""

    def __init__(self, engine: Engine, connection: PoolProxiedConnection) -> None:
        self.pool = engine.pool
        self.dialect_name = engine.dialect.name
        self._engine = engine
        self._connection = connection
        self._connection.detach()
        engine.dialect.set_isolation_level(connection.dbapi_connection, "AUTOCOMMIT")  # type: ignore[arg-type]
        self._cursor = connection.cursor()

    def close(self) -> None:
        """Give it up."""
        self._connection.close()

    def ask(self, sql: str, parameters: Any) -> Rows:
        """Put a statement that answers with rows to the driver; whoever watches the engine's statements sees it."""
        self.tell(sql, parameters)
        return self._cursor.fetchall()

    def tell(self, sql: str, parameters: Any = ()) -> None:
        """Put a statement to the driver whose rows, if it has any, nobody wants."""
        for watcher in self._engine.dispatch.before_cursor_execute:
            watcher(None, self._cursor, sql, parameters, None, False)
        self._cursor.execute(sql, parameters)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A short transaction that writes, begun at once as a writer where the database asks for it."""
        self.tell("BEGIN IMMEDIATE" if self.dialect_name == "sqlite" else "BEGIN")
        try:
            yield
        except BaseException:
            self.tell("ROLLBACK")
            raise
        self.tell("COMMIT")

    def is_cut_by(self, error: Exception) -> bool:
        """Whether this error says that the database is at the other end no more."""
        return self._engine.dialect.is_disconnect(error, self._connection.dbapi_connection, self._cursor)  # type: ignore[arg-type]


_idle_lines: deque[Line] = deque()
"""Lines that nobody asks on at the moment; the one used last is taken first.

They belong to no thread: one that closed with its thread would call into SQLite while the interpreter takes the thread apart,
which ends the process where the server, not Python, made the thread.
"""


def _taken_line(engine: Engine) -> Line:
    """A line that is the caller's until it is put back; a new one where none is idle. Raises Unreachable."""
    while _idle_lines:
        try:
            line = _idle_lines.pop()
        except IndexError:
            break
        if line.pool is engine.pool:
            return line
        line.close()
    return Line(engine, _connected(engine))


def _connected(engine: Engine) -> PoolProxiedConnection:
    try:
        return engine.raw_connection()
    except Exception as error:
        _raise(error)


@event.listens_for(Engine, "engine_disposed")
def _let_go(_engine: Engine) -> None:
    while _idle_lines:
        try:
            _idle_lines.pop().close()
        except IndexError:
            break


def on_line(engine: Engine, deed: Callable[[Line], T]) -> T:
    """What the deed gets from a line. A line on which it fails is not used again; where it was cut, it is done once more on a new one.

    So a deed that writes must be one that may be done twice. Raises Unreachable where there is no database to be had.
    """
    line = _taken_line(engine)
    try:
        done = deed(line)
    except Exception as error:
        is_cut = line.is_cut_by(error)
        line.close()
        if not is_cut:
            _raise(error)
        _let_go(engine)
        line, done = _done_again(engine, deed)
    _idle_lines.append(line)
    return done


def _done_again(engine: Engine, deed: Callable[[Line], T]) -> tuple[Line, T]:
    line = _taken_line(engine)
    try:
        return line, deed(line)
    except Exception as error:
        line.close()
        _raise(error)


def _raise(error: Exception) -> NoReturn:
    if is_unavailable(error):
        raise Unreachable from error
    raise error


def is_unavailable(error: BaseException | None) -> bool:
    """Whether the driver says by this error that the database is not there, or cannot do this just now, and nothing is wrong with the statement."""
    if isinstance(error, sqlite3.OperationalError):
        return error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    psycopg = sys.modules.get("psycopg")  # Where nobody loaded the driver, no error is its own.
    return psycopg is not None and isinstance(error, psycopg.OperationalError)
