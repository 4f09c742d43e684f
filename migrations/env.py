"""How migrations run: over the application's engine, comparing with its models, in batches on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from flask import current_app

from training.db import UtcDateTime, db


def render_item(kind: str, item: Any, _autogen: AutogenContext) -> str | bool:
    """Write our own column types as the plain ones they are stored as; `JSON_VALUE` stands in every migration's head."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, sa.JSON):
        return "JSON_VALUE"
    return False


def include_name(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out the tables behind SQLite's full-text index: the index makes them itself."""
    return not (kind == "table" and name is not None and "_fts" in name)


@contextmanager
def rebuilding(connection: sa.Connection) -> Iterator[None]:
    """Let SQLite build tables anew that others refer to: references are not followed meanwhile, and checked at the end."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys = OFF")
    yield
    if lost := driver.execute("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"a migration lost rows that others refer to: {lost[:5]}")
    driver.execute("PRAGMA foreign_keys = ON")


def run() -> None:
    """Bring the database to the wanted revision.

    On SQLite it writes from its first statement on: having read first, it would be refused at once where somebody else wrote meanwhile.
    """
    engine = current_app.extensions["migrate"].db.engine.execution_options(begin="IMMEDIATE")
    with engine.connect() as connection, rebuilding(connection):
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            include_name=include_name,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
