"""The database: the declarative base, our column types, connections, and statements prepared once."""

from training.db.base import Base, JsonValue, UtcDateTime, append_only, db
from training.db.connections import READING, applied_revision, begin_writing, reading, reading_binds, reading_engine
from training.db.json_rows import instant_of, json_row, json_rows, json_value, one_of, utc_text
from training.db.prepared import Prepared

__all__ = [
    "READING",
    "Base",
    "JsonValue",
    "Prepared",
    "UtcDateTime",
    "append_only",
    "applied_revision",
    "begin_writing",
    "db",
    "instant_of",
    "json_row",
    "json_rows",
    "json_value",
    "one_of",
    "reading",
    "reading_binds",
    "reading_engine",
    "utc_text",
]
