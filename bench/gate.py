"""How fast the gate answers, as a share of what a bare Flask view answers on the same granian, in the same run.

100,000 people × 5 certificates × 50 queues on SQLite and on PostgreSQL; single evaluations over 16 and 64 connections;
bare and gate take turns, and medians of the rounds count. Each figure in the last line is the worse of its kinds.
"""

import argparse
import json
import random
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from multiprocessing import get_context

from support.databases import Database, postgresql_database, sqlite_database
from support.figures import last_line, table
from support.load import Outcome, Plan, Question, drive, post
from support.organisation import LiveQueue, Organisation, Person
from support.server import WORKERS, serving
from support.settling import TOKEN, settle

CONNECTIONS = (16, 64)
QUESTIONS = 20_000
WARM_UP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of database: its figure's name, how to get one, and what suits it."""

    figure: str
    open: Callable[[], AbstractContextManager[Database]]
    blocking_threads: int


KINDS = (Kind("sqlite_ratio", sqlite_database, 1), Kind("postgresql_ratio", postgresql_database, 2))


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to measure."""

    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured on one database with one number of connections."""

    database: str
    connections: int
    bare: Sequence[Outcome]
    gate: Sequence[Outcome]

    @property
    def ratio(self) -> float:
        """The gate's requests a second as a share of the bare view's: each round by itself, because the machine drifts."""
        return statistics.median(gate.requests_a_second / bare.requests_a_second for bare, gate in zip(self.bare, self.gate, strict=True))

    @property
    def p99_ms(self) -> float:
        """What 99 of 100 gate questions do not exceed."""
        return statistics.median(outcome.p99_ms for outcome in self.gate)

    def row(self) -> list[str]:
        """Its line of the table."""
        bare, gate = (statistics.median(outcome.requests_a_second for outcome in outcomes) for outcomes in (self.bare, self.gate))
        bare_p99 = statistics.median(outcome.p99_ms for outcome in self.bare)
        return [self.database, str(self.connections), f"{bare:,.0f}", f"{gate:,.0f}", f"{self.ratio:.2f}", f"{bare_p99:.1f}", f"{self.p99_ms:.1f}"]


HEADS = ("database", "connections", "bare view/s", "gate/s", "ratio", "bare p99 ms", "gate p99 ms")


def bare_questions() -> list[Question]:
    """The bare view is sent a question of the same shape and size."""
    return [post("/bare/answer", _body(Person(1), LiveQueue(1)), b'"decision":true', Authorization=f"Bearer {TOKEN}")]


def gate_questions(organisation: Organisation) -> list[Question]:
    """Random people and queues, half of them by address and half by our id, each with its right answer."""
    chosen = random.Random(7)
    questions = []
    for _ in range(QUESTIONS):
        person, queue = Person(chosen.randint(1, organisation.people_count)), LiveQueue(chosen.randrange(organisation.queue_count))
        expected = f'"decision":{str(organisation.is_allowed(person, queue)).lower()}'.encode()
        questions.append(post("/access/v1/evaluation", _body(person, queue), expected, Authorization=f"Bearer {TOKEN}"))
    return questions


def _body(person: Person, queue: LiveQueue) -> bytes:
    subject = {"type": "moderator", "id": person.email if person.number % 2 else person.public_id}
    return json.dumps({"subject": subject, "action": {"name": "work"}, "resource": {"type": "queue", "id": queue.slug}}).encode()


def measure(kind: Kind, organisation: Organisation, pace: Pace) -> list[Reading]:
    """Everything there is to know about one kind of database."""
    with kind.open() as database:
        started = time.monotonic()
        settle(organisation, database)
        print(f"{database.name}: {organisation.people_count:,} people settled in {time.monotonic() - started:.0f} s", flush=True)
        with serving(database.url, blocking_threads=kind.blocking_threads) as port, ProcessPoolExecutor(1, get_context("spawn")) as load:

            def ask(questions: Sequence[Question], connections: int, seconds: float) -> Outcome:
                return load.submit(drive, Plan(port, questions, connections, seconds)).result()

            return _take_turns(ask, database.name, gate_questions(organisation), pace)


def _take_turns(ask: Callable[[Sequence[Question], int, float], Outcome], database: str, questions: Sequence[Question], pace: Pace) -> list[Reading]:
    bare = bare_questions()
    for warmed in (bare, questions):
        ask(warmed, CONNECTIONS[0], WARM_UP_SECONDS)
    readings = []
    for connections in CONNECTIONS:
        turns = [(ask(bare, connections, pace.seconds), ask(questions, connections, pace.seconds)) for _ in range(pace.rounds)]
        readings.append(Reading(database, connections, [turn[0] for turn in turns], [turn[1] for turn in turns]))
    return readings


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="how large the organisation is")
    parser.add_argument("--rounds", type=int, default=5, help="how often bare view and gate take turns")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each turn takes")
    return parser.parse_args()


def main() -> None:
    """Measure, show, and say it in one line."""
    arguments = _arguments()
    organisation, pace = Organisation(people_count=arguments.people), Pace(arguments.rounds, arguments.seconds)
    print(f"The gate beside a bare Flask view: granian, {WORKERS} workers, {pace.rounds} rounds of {pace.seconds:g} s each", flush=True)
    readings = {kind.figure: measure(kind, organisation, pace) for kind in KINDS}
    everything = [reading for found in readings.values() for reading in found]
    print(table(HEADS, [reading.row() for reading in everything]))
    ratios = {figure: round(min(reading.ratio for reading in found), 3) for figure, found in readings.items()}
    print(last_line("gate", **ratios, p99_ms=round(max(reading.p99_ms for reading in everything), 1)))


if __name__ == "__main__":
    main()
