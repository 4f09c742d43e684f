"""What the application itself takes to answer a browser: through all of it, without a network."""

import statistics
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from support.figures import percentile
from training import clock
from training.accounts.models import Person
from training.accounts.services import open_session
from training.db import db

FRAMES = ("BEGIN", "COMMIT", "ROLLBACK")


@dataclass(slots=True)
class Measured:
    """Milliseconds and statements of each thing that was asked for."""

    milliseconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    statements: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def time(self, what: str) -> Iterator[None]:
        """Measure what happens inside."""
        seen: list[str] = []

        def watch(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if not statement.startswith(FRAMES):
                seen.append(statement)

        event.listen(Engine, "before_cursor_execute", watch)
        begun = perf_counter()
        try:
            yield
        finally:
            self.milliseconds[what].append(1000 * (perf_counter() - begun))
            self.statements[what].append(len(seen))
            event.remove(Engine, "before_cursor_execute", watch)

    def p95(self, what: str) -> float:
        """What nineteen of twenty did not exceed."""
        return round(percentile(self.milliseconds[what], 0.95), 1)

    def rows(self) -> list[list[str]]:
        """A line for each thing."""
        return [
            [what, f"{statistics.median(taken):.1f}", f"{self.p95(what):.1f}", f"{max(taken):.1f}", str(max(self.statements[what]))]
            for what, taken in self.milliseconds.items()
        ]


def browser_of(app: Flask, person_id: int) -> FlaskClient:
    """Somebody's browser, signed in."""
    with app.app_context():
        person = db.session.get_one(Person, person_id)
        _session, token = open_session(person, address="192.0.2.1", browser="The bench", now=clock.now())
        db.session.commit()
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = token
    return browser
