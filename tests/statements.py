"""What the database is asked, and how it finds it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

from training.db import reading

FRAMES = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA")


@contextmanager
def asked() -> Iterator[list[tuple[str, Any]]]:
    """The statements that run inside, on whichever engine, with their parameters; without those that only frame transactions."""
    statements: list[tuple[str, Any]] = []
    with _watching(lambda statement, parameters: statements.append((statement, parameters))):
        yield statements


@contextmanager
def counted() -> Iterator[list[str]]:
    """The same without their parameters."""
    statements: list[str] = []
    with _watching(lambda statement, _parameters: statements.append(statement)):
        yield statements


@contextmanager
def _watching(note: Callable[[str, Any], None]) -> Iterator[None]:
    def watch(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.startswith(FRAMES):
            note(statement, parameters)

    event.listen(Engine, "before_cursor_execute", watch)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", watch)


def scans_in(statement: str, parameters: Any) -> list[str]:
    """The tables that this statement reads from end to end. The tables of a test are small: PostgreSQL is told to scan only where no index serves."""
    with reading() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(parameters))
            return [found[1] for row in plan if (found := re.match(r"SCAN (?!CONSTANT ROW|json_each)(\w+)", row[-1]))]
        connection.exec_driver_sql("SET enable_seqscan = off")
        try:
            plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            return [found[1] for row in plan if (found := re.search(r"Seq Scan on (\w+)", row[0]))]
        finally:
            connection.exec_driver_sql("RESET enable_seqscan")
