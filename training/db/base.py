"""The declarative base and our column types."""

from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import DDL, JSON, DateTime, Dialect, MetaData, Table, TypeDecorator, event
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


class Session(FlaskSession):
    """A session that ends also where the database went away meanwhile: what it had not committed is gone with the connection."""

    def close(self) -> None:
        """Called after every request, when the answer is ready: that a connection was cut must not spoil it."""
        try:
            super().close()
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise


db = SQLAlchemy(metadata=Base.metadata, session_options={"class_": Session})


def _statement(sql: str) -> DDL:
    return DDL(sql)  # type: ignore[no-untyped-call]


def append_only(model: type[Base], *, but: str | None = None) -> type[Base]:
    """Make the database refuse to change or delete rows of this model's table; one column may be named that changes."""
    ledger = model.__table__
    if not isinstance(ledger, Table):
        raise TypeError("only a table can be append-only")
    name = ledger.name
    fixed = f" OF {', '.join(column.name for column in ledger.columns if column.name != but)}" if but else ""
    for guard, deed in (("update", f"UPDATE{fixed}"), ("delete", "DELETE")):
        trigger = f"{name}_refuse_{guard}"
        sqlite = f"CREATE TRIGGER {trigger} BEFORE {deed} ON {name} BEGIN SELECT RAISE(ABORT, '{name} is appended to, never edited'); END"
        postgresql = f"CREATE TRIGGER {trigger} BEFORE {deed} ON {name} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        event.listen(ledger, "after_create", _statement(sqlite).execute_if(dialect="sqlite"))
        event.listen(ledger, "after_create", _statement(postgresql).execute_if(dialect="postgresql"))
    ledger.info["append_only"] = True
    return model


def ends_once(model: type[Base]) -> type[Base]:
    """Make the database refuse to delete rows of this model's table, and to change them but once.

    That once is its early end: `ended_at` from nothing to an instant, and `over_at` with it.
    """
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError("only a table can be guarded")
    fixed = ", ".join(column.name for column in table.columns if column.name not in {"ended_at", "over_at"})
    guards = {"delete": ("DELETE", ""), "update": (f"UPDATE OF {fixed}", ""), "ending": ("UPDATE", "WHEN (OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL)")}
    for name, (deed, where) in guards.items():
        trigger = f"CREATE TRIGGER {table.name}_refuse_{name} BEFORE {deed} ON {table.name}"
        sqlite = f"{trigger} {where} BEGIN SELECT RAISE(ABORT, '{table.name} is appended to, and ended once'); END"
        event.listen(table, "after_create", _statement(sqlite).execute_if(dialect="sqlite"))
        postgresql = f"{trigger} FOR EACH ROW {where} EXECUTE FUNCTION refuse_change()"
        event.listen(table, "after_create", _statement(postgresql).execute_if(dialect="postgresql"))
    return model


REFUSE_CHANGE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('touchstone.forgetting', true) = 'on' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION '%% is appended to, never edited', TG_TABLE_NAME;
END $$
"""
event.listen(Base.metadata, "before_create", _statement(REFUSE_CHANGE).execute_if(dialect="postgresql"))
