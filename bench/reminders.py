"""How long it takes to remind 100,000 people of an assignment, and how much memory that holds.

PostgreSQL with so many active people of Indonesia in four time zones, seeded by `COPY`, all of whom a module is asked of by a rule, due tomorrow; one
in four has acknowledged it. Then the job's portions are done as the job does them, each in its own transaction, until nobody is left. Everybody who is
still at it must have one mail, and nobody else any.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, select
from support.databases import Filling, Row, application, postgresql_database
from support.figures import last_line, percentile, table
from support.organisation import module_documents

from training.actors import SYSTEM
from training.courses.models import AssignmentReminder
from training.courses.queries import module_by_slug
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience, assign, publish_module, remind_of_assignments
from training.db import begin_writing, db
from training.outbox.models import OutboxMail

ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "Asia/Singapore")
DONE_EACH = 4
"""One in so many has acknowledged the module."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The module that is asked for, with its version."""

    module_id: int
    version_id: int
    version: tuple[int, int, int]


def _fillings(count: int, asked: Asked, then: datetime) -> Iterator[Filling]:
    at = f"{then:%Y-%m-%d %H:%M:%S.%f}"
    people = ((n, f"p_{n:016x}", f"person{n}@example.org", f"Person {n}", f"person {n:06}", False, at) for n in range(1, count + 1))
    yield Filling("people", ("id", "public_id", "email", "name", "sort_name", "is_demo", "created_at"), people)
    yield Filling("person_facts", ("person_id", "kind", "value", "term", "effective_from", "recorded_at"), _facts(count, at))
    yield Filling("current_facts", ("person_id", "kind", "member", "sort_name"), _current(count))
    read = ((n, asked.module_id, asked.version_id, *asked.version, at, at) for n in range(DONE_EACH, count + 1, DONE_EACH))
    yield Filling("acknowledgements", ("person_id", "module_id", "module_version_id", "major", "minor", "patch", "acknowledged_at", "recorded_at"), read)


def _facts(count: int, at: str) -> Iterator[Row]:
    for n in range(1, count + 1):
        zone = ZONES[n % len(ZONES)]
        for kind, value, term in (("status", '"active"', "active"), ("markets", '["ID"]', None), ("time_zone", f'"{zone}"', zone)):
            yield n, kind, f'{{"value": {value}}}', term, at, at


def _current(count: int) -> Iterator[Row]:
    for n in range(1, count + 1):
        for kind, member in (("status", "active"), ("markets", "ID"), ("time_zone", ZONES[n % len(ZONES)])):
            yield n, kind, member, f"person {n:06}"


def _ask(now: datetime) -> Asked:
    publish_module(module_documents()[0], by=SYSTEM, now=now - timedelta(days=60))
    module = module_by_slug("module-0")
    version = module.current_version
    assert version is not None, "it is published"
    due = now + timedelta(hours=20)
    assign(module, Audience(rule=AudienceRule("ID", "")), due_at=due, due_on=due.date(), by=SYSTEM, now=now - timedelta(days=30))
    db.session.commit()
    return Asked(module.id, version.id, (version.version.major, version.version.minor, version.version.patch))


def _portions(now: datetime) -> Iterator[tuple[int, float]]:
    """How many reminders each portion settled, in how many seconds."""
    settled = 1
    while settled:
        begun = perf_counter()
        begin_writing()
        settled = remind_of_assignments(site_url="https://train.example.org", now=now)
        db.session.commit()
        yield settled, perf_counter() - begun


def _megabytes() -> float:
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0]) / 1024


def measure(count: int) -> str:
    """Seed, remind, and say what it took."""
    now = datetime.now(UTC)
    with postgresql_database() as database:
        with application(database.url).app_context():
            asked = _ask(now)
            db.engine.dispose()
        database.fill(_fillings(count, asked, now - timedelta(days=40)))
        with application(database.url).app_context():
            before, most, portions = _megabytes(), 0.0, list[tuple[int, float]]()
            for settled, took in _portions(now):
                portions.append((settled, took))
                most = max(most, _megabytes())
            mails = db.session.scalar(select(func.count()).select_from(OutboxMail)) or 0
            told = db.session.scalar(select(func.count(AssignmentReminder.person_id.distinct()))) or 0
            db.engine.dispose()
    assert (told, mails) == (count, count - count // DONE_EACH), (told, mails)
    seconds = [duration for settled, duration in portions if settled]
    rows = [
        ("everybody", f"{sum(seconds):.1f} s"),
        (f"a portion of {portions[0][0]}, median", f"{percentile(seconds, 0.5) * 1000:.0f} ms"),
        ("a portion, p95", f"{percentile(seconds, 0.95) * 1000:.0f} ms"),
        ("nobody left", f"{portions[-1][1] * 1000:.0f} ms"),
        ("memory beyond the start", f"{most - before:.0f} MB"),
    ]
    print(table(("Reminders", f"{count:,} people"), rows))
    return last_line("reminders", people=count, seconds=sum(seconds), portion_p95_ms=percentile(seconds, 0.95) * 1000, megabytes=most - before)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000)
    print(measure(parser.parse_args().people))
