"""The database: the declarative base, our column types, and what SQLite must be told once.

Transactions begin deferred. A deed that writes calls `begin_writing` first, which on SQLite begins
immediate: two writers that both read first would otherwise end in "database is locked".
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from sqlite3 import Connection as SqliteConnection
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import DDL, JSON, Connection, DateTime, Dialect, Engine, MetaData, Table, TypeDecorator, column, event, select, table
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, registry

JsonValue = JSON().with_variant(JSONB(), "postgresql")
"""A JSON column: JSONB on PostgreSQL."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values; comes back aware, in UTC, on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse what has no zone; store UTC, without the zone where the database keeps none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Say the zone again."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every model subclasses."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(metadata=metadata, type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JsonValue, list[Any]: JsonValue})


db = SQLAlchemy(metadata=Base.metadata)


def _statement(sql: str) -> DDL:
    return DDL(sql)  # type: ignore[no-untyped-call]


def append_only(model: type[Base]) -> type[Base]:
    """Make the database refuse to change or delete rows of this model's table."""
    ledger = model.__table__
    if not isinstance(ledger, Table):
        raise TypeError("only a table can be append-only")
    name = ledger.name
    for deed in ("UPDATE", "DELETE"):
        trigger = f"{name}_refuse_{deed.lower()}"
        sqlite = f"CREATE TRIGGER {trigger} BEFORE {deed} ON {name} BEGIN SELECT RAISE(ABORT, '{name} is appended to, never edited'); END"
        postgresql = f"CREATE TRIGGER {trigger} BEFORE {deed} ON {name} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        event.listen(ledger, "after_create", _statement(sqlite).execute_if(dialect="sqlite"))
        event.listen(ledger, "after_create", _statement(postgresql).execute_if(dialect="postgresql"))
    ledger.info["append_only"] = True
    return model


REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%% is appended to, never edited', TG_TABLE_NAME; END $$
"""
event.listen(Base.metadata, "before_create", _statement(REFUSE_CHANGE).execute_if(dialect="postgresql"))


def begin_writing() -> None:
    """End whatever was being read and begin a transaction that writes."""
    db.session.rollback()
    db.session.connection(execution_options={"begin": "IMMEDIATE"})


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for single reads, without a transaction around them: what programs ask all day."""
    options: dict[str, Any] = {"begin": None} if db.engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
    with db.engine.connect().execution_options(**options) as connection:
        yield connection


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: object) -> None:
    if not isinstance(connection, SqliteConnection):
        return
    connection.isolation_level = None
    for pragma in ("journal_mode = WAL", "foreign_keys = ON", "synchronous = FULL", "busy_timeout = 5000"):
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
