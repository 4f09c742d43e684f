"""What practising costs on PostgreSQL with 200,000 cases and 10,000,000 judgements: the next case, an answer, a profile.

Each is asked for as a browser asks, of the application itself, so that what is measured is the server's: access, statements, template. The next case
is the request that chooses it together with the page that shows it with the addresses of its pictures. The first people only warm the process up.
"""

import argparse
import re
import statistics
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from support.databases import application, postgresql_database
from support.figures import last_line, percentile, table
from support.practice_rows import PracticeSize, practice_rows

from training import clock
from training.accounts.models import Person
from training.accounts.services import open_session
from training.actors import SYSTEM
from training.cases.documents import TaxonomyDocument
from training.cases.services import store_taxonomy
from training.db import db

TAXONOMY = Path(__file__).resolve().parents[1] / "content" / "taxonomy.yaml"
ANSWER = {"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": ""}
WARMING_UP = 10
FRAMES = ("BEGIN", "COMMIT", "ROLLBACK")
NUMBERED = ("people", "practice_sessions", "servings", "judgements")


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


def practise(browser: FlaskClient, measured: Measured) -> None:
    """One case: asked for, decided, and the profile looked at."""
    with measured.time("next case"):
        serving = browser.post("/practice/next").headers["Location"]
        page = browser.get(serving)
    assert page.status_code == 200 and re.search(rb"sachet|[Rr]ice cooker", page.data), page.data[:2000]
    with measured.time("answer"):
        answered = browser.post(serving, data=ANSWER)
    assert answered.status_code == 302, answered.data[:2000]
    with measured.time("feedback"):
        page = browser.get(serving)
    assert b"The clause says so" in page.data
    with measured.time("profile"):
        page = browser.get("/practice/profile")
    assert b"In short" in page.data


def settle(url: str, size: PracticeSize, fill: Any) -> None:
    """Put everything into this database."""
    taxonomy = TaxonomyDocument.model_validate(yaml.safe_load(TAXONOMY.read_text(encoding="utf-8")))
    with application(url).app_context():
        store_taxonomy(taxonomy, now=clock.now(), by=SYSTEM)
        db.session.commit()
        db.session.remove()
        db.engine.dispose()
    fill(practice_rows(size, taxonomy, now=datetime.now(UTC)))
    with application(url).app_context():
        for name in NUMBERED:
            db.session.connection().exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")
        db.session.commit()
        db.engine.dispose()


def measure(url: str, size: PracticeSize, asked_count: int) -> Measured:
    """So many people practise one case each, one after the other."""
    app = application(url)
    app.config["WTF_CSRF_ENABLED"] = False
    app.config["SESSION_COOKIE_SECURE"] = False
    step = max(1, size.people_count // (asked_count + WARMING_UP))
    people = [1 + place * step % size.people_count for place in range(asked_count + WARMING_UP)]
    warming, measured = Measured(), Measured()
    for place, person_id in enumerate(people):
        practise(browser_of(app, person_id), warming if place < WARMING_UP else measured)
    with app.app_context():
        db.engine.dispose()
    return measured


def main() -> None:
    """Measure, show, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2_500, help="how many people have practised")
    parser.add_argument("--judgements", type=int, default=10_000_000, help="how many answers they gave, all together")
    parser.add_argument("--cases", type=int, default=200_000, help="how many cases there are")
    parser.add_argument("--asked", type=int, default=300, help="how many people practise while it is measured")
    arguments = parser.parse_args()
    size = PracticeSize(arguments.people, arguments.judgements // arguments.people, arguments.cases)
    with postgresql_database() as database:
        begun = perf_counter()
        settle(database.url, size, database.fill_much)
        seconds = perf_counter() - begun
        print(f"{size.case_count:,} cases and {size.people_count * size.answers_each:,} judgements seeded in {seconds:.0f} s", flush=True)
        measured = measure(database.url, size, arguments.asked)
    print(table(("what", "median ms", "p95 ms", "longest ms", "statements"), measured.rows()))
    print(
        last_line(
            "practice",
            next_case_p95_ms=measured.p95("next case"),
            submit_p95_ms=measured.p95("answer"),
            profile_p95_ms=measured.p95("profile"),
            feedback_p95_ms=measured.p95("feedback"),
            seeding_s=round(seconds),
        )
    )


if __name__ == "__main__":
    main()
