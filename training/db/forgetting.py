"""The one reviewed way round the triggers of ledgers: for rows whose time is over, and for people who are erased.

What may go is said by the rules of retention and nowhere else (docs/decisions); a ledger is corrected by another row, never through here.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Table, text

from training.db.base import db


@contextmanager
def forgetting(tables: Iterable[Table]) -> Iterator[None]:
    """Let rows of these tables be changed and deleted inside the block, by this transaction alone, which must be one that writes.

    On SQLite the triggers are away until the block ends, which nobody else sees: the only writer is this one. On PostgreSQL they look at
    a setting of this transaction. Whoever catches an error out of the block must roll back.
    """
    db.session.flush()
    with unguarded(db.session.connection(), tables):
        yield


@contextmanager
def unguarded(connection: Connection, tables: Iterable[Table]) -> Iterator[None]:
    """The same for a connection of one's own, to a database that nobody uses yet."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT set_config('touchstone.forgetting', 'on', true)"))
        yield
        connection.execute(text("SELECT set_config('touchstone.forgetting', '', true)"))
        return
    guards = _guards(connection, [table.name for table in tables if table.info.get("append_only")])
    for name in guards:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for made in guards.values():
            connection.exec_driver_sql(made)


@contextmanager
def without_echoes(connection: Connection, tables: Sequence[Table]) -> Iterator[None]:
    """Let no trigger answer a row that is written inside the block by rows of its own in these tables: whoever copies them all brings those along.

    For a database that nobody uses yet, and whose owner the connection is.
    """
    names = [table.name for table in tables]
    if connection.dialect.name == "postgresql":
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        yield
        for name in names:
            connection.exec_driver_sql(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
        return
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    echoes = {name: made for name, made in found if set(re.findall(r"INSERT INTO (\w+)", made)) & set(names)}
    for name in echoes:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")
    yield
    for made in echoes.values():
        connection.exec_driver_sql(made)


def _guards(connection: Connection, ledgers: Iterable[str]) -> dict[str, str]:
    """The triggers that guard these ledgers on SQLite, with the statements that make them."""
    wanted = {f"{ledger}_refuse_{deed}" for ledger in ledgers for deed in ("update", "delete")}
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    return {name: made for name, made in found if name in wanted}
