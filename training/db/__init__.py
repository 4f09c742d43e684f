"""The database: the declarative base, our column types, connections, and statements prepared once."""

from training.db.base import Base, JsonValue, UtcDateTime, append_only, db, ends_once
from training.db.connections import applied_revision, begin_writing, engine_at, insert_into, reading
from training.db.forgetting import forgetting, unguarded, without_echoes
from training.db.json_rows import each_of, instant_of, json_row, json_rows, json_value, one_of, one_of_ids, told, utc_text
from training.db.lines import Line, Rows, Unreachable, is_unavailable, on_line
from training.db.migrations import bring_alembic, init_migrations, needed_revision, upgrade
from training.db.prepared import Prepared
from training.db.remembered import Remembered

__all__ = [
    "Base",
    "JsonValue",
    "Line",
    "Prepared",
    "Remembered",
    "Rows",
    "Unreachable",
    "UtcDateTime",
    "append_only",
    "applied_revision",
    "begin_writing",
    "bring_alembic",
    "db",
    "each_of",
    "ends_once",
    "engine_at",
    "forgetting",
    "init_migrations",
    "insert_into",
    "instant_of",
    "is_unavailable",
    "json_row",
    "json_rows",
    "json_value",
    "needed_revision",
    "on_line",
    "one_of",
    "one_of_ids",
    "reading",
    "told",
    "unguarded",
    "upgrade",
    "utc_text",
    "without_echoes",
]
