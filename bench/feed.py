"""How soon a change in the ledger shows: at the gate in the next request of every worker, and in the change feed.

A small organisation on SQLite and on PostgreSQL, granian with 2 workers. Deed after deed of another process closes a queue for somebody. After the commit of
half of them sixteen new connections, which granian spreads over its workers, ask the gate once each; after the others the feed is asked what came since,
until it tells of the deed.
"""

import argparse
import http.client
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from support.databases import Database, application, postgresql_database, sqlite_database
from support.figures import last_line, percentile, table
from support.load import HOST
from support.organisation import Organisation, Person
from support.server import serving
from support.settling import TOKEN, settle

from training import clock
from training.actors import Actor, ActorKind
from training.db import begin_writing, db
from training.queues.queries import queue_by_slug
from training.queues.services import Grant, grant_override

PEOPLE = 200
ASKED_AFTERWARDS = 16
PATIENCE_SECONDS = 10
CLOSED_FOR = timedelta(hours=1)


def _asked(port: int, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection(HOST, port, timeout=PATIENCE_SECONDS)
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    connection.request(method, path, None if body is None else json.dumps(body), headers)
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return answer


def _is_closed(port: int, person: Person, queue: str) -> bool:
    subject, resource = {"type": "moderator", "id": person.email}, {"type": "queue", "id": queue}
    answer = _asked(port, "POST", "/access/v1/evaluation", {"subject": subject, "action": {"name": "work"}, "resource": resource})
    return "OVERRIDE_DENIES" in {reason["code"] for reason in answer["context"]["reasons"]}


def _close(number: int, queue: str, *, by: Actor) -> None:
    """Close the queue for this person, and commit."""
    begin_writing()
    now = clock.now()
    grant = Grant(False, "Closed to see how soon.", now, now + CLOSED_FOR)
    grant_override(number, queue_by_slug(queue, now=now), grant, by=by, now=now)
    db.session.commit()


def _stale_answers(port: int, person: Person, queue: str, *, by: Actor) -> int:
    """How many of the answers after a deed's commit do not know of it."""
    _close(person.number, queue, by=by)
    return sum(not _is_closed(port, person, queue) for _ in range(ASKED_AFTERWARDS))


def _feed_ms(port: int, person: Person, queue: str, *, by: Actor) -> float:
    """How many milliseconds after a deed's commit the feed has told of it."""
    cursor = _asked(port, "GET", "/api/v1/access/changes?cursor=latest&limit=1")["next_cursor"]
    _close(person.number, queue, by=by)
    committed = time.perf_counter()
    while time.perf_counter() < committed + PATIENCE_SECONDS:
        told = _asked(port, "GET", f"/api/v1/access/changes?cursor={cursor}&limit=1000")
        if any(change["subject"] == person.public_id for change in told["changes"]):
            return (time.perf_counter() - committed) * 1_000
    raise TimeoutError(f"The feed did not tell of {person.email} within {PATIENCE_SECONDS} s")


@contextmanager
def _settled(database: Database) -> Iterator[None]:
    settle(Organisation(people_count=PEOPLE), database)
    with application(database.url).app_context():
        yield


def measure(database: Database, deeds: int, blocking_threads: int) -> tuple[int, list[float]]:
    """So many deeds watched at the gate, and as many in the feed: the stale answers of all, and the milliseconds of each."""
    with _settled(database), serving(database.url, blocking_threads=blocking_threads) as port:
        by = Actor(ActorKind.PERSON, PEOPLE)
        while _asked(port, "GET", "/api/v1/access/changes?cursor=latest&limit=1000")["has_more"]:
            pass
        numbers = range(1, deeds + 1)
        stale = sum(_stale_answers(port, Person(number), f"queue-{number % 10}", by=by) for number in numbers)
        return stale, [_feed_ms(port, Person(number), f"queue-{(number + 1) % 10}", by=by) for number in numbers]


def main() -> None:
    """Measure, show, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deeds", type=int, default=100, help="how many changes to watch at the gate, and as many in the feed")
    deeds = parser.parse_args().deeds
    rows, figures = [], dict[str, float]()
    for name, opened, threads in (("sqlite", sqlite_database, 1), ("postgresql", postgresql_database, 2)):
        with opened() as database:
            stale, feed = measure(database, deeds, threads)
        rows.append(
            [name, str(deeds), f"{stale} of {deeds * ASKED_AFTERWARDS}", f"{percentile(feed, 0.5):.0f}", f"{percentile(feed, 0.99):.0f}", f"{max(feed):.0f}"]
        )
        figures |= {f"{name}_stale_answers": stale, f"{name}_feed_p99_ms": round(percentile(feed, 0.99), 1)}
    print(table(("what", "deeds", "stale answers", "feed p50 ms", "feed p99 ms", "feed most ms"), rows))
    print(last_line("feed", **figures))


if __name__ == "__main__":
    main()
