"""How the database is spoken to: transactions that write, single reads, and what SQLite must be told once.

Transactions begin deferred. A deed that writes calls `begin_writing` first, which on SQLite begins
immediate: two writers that both read first would otherwise end in "database is locked".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, Engine, column, create_engine, event, select, table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from training.db.base import Base, db


def begin_writing() -> None:
    """End whatever was being read and begin a transaction that writes."""
    db.session.rollback()
    db.session.connection(execution_options={"begin": "IMMEDIATE"})


def engine_at(url: str) -> Engine:
    """An engine for another database than the application's; whoever asks for it disposes of it."""
    return create_engine(url)


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for single reads, without a transaction around them. What is asked all day is better `Prepared`."""
    options: dict[str, Any] = {"begin": None} if db.engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
    with db.engine.connect().execution_options(**options) as connection:
        yield connection


def insert_into(model: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An insert that can say what happens on conflict, in this database's words."""
    return postgresql.insert(model) if db.engine.dialect.name == "postgresql" else sqlite.insert(model)


SQLITE_PRAGMAS = ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "busy_timeout = 15000")
"""Readers do not wait for writers, references hold, what was committed survives a power cut, and writers wait for one another.

They do so in no fair order: who came first need not be next, so the wait is long."""


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, SqliteConnection):
        return
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    mode = connection.get_execution_options().get("begin", "DEFERRED")
    if mode is not None:
        connection.exec_driver_sql(f"BEGIN {mode}")


def applied_revision() -> str | None:
    """The migration that the database stands at; nothing where it cannot be reached or holds no tables."""
    try:
        with reading() as connection:
            return connection.scalar(select(column("version_num")).select_from(table("alembic_version")))
    except DBAPIError:
        return None
