"""How fast the gate answers, as a share of what a bare Flask view answers on the same granian, in the same run.

100,000 people × 5 certificates × 50 queues on SQLite and on PostgreSQL: single evaluations over 16 and 64 connections, batches of 100, searches of one
queue's people and tickets over 4; bare and gate take turns, and medians of the rounds count. Evaluations are drawn anew for each turn, and once more
the same few are asked over and over, which the gate weighs once. Then single evaluations at half of the rate that was
measured, and how many statements each kind takes. With `--growth 10` all of it once more with ten times the people. Each figure in the last line is the
worst of its kinds.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context

from support.databases import Database, postgresql_database, sqlite_database
from support.figures import last_line, table
from support.gate_questions import Asked, bare_questions, gate_questions, statement_counts, tickets_verified_a_second
from support.load import Outcome, Plan, drive, pace
from support.organisation import Organisation
from support.server import WORKERS, serving
from support.settling import settle

CONNECTIONS = 16
MANY_CONNECTIONS = 64
FEW_CONNECTIONS = 4
"""For what takes as long as a hundred single evaluations."""
WARM_UP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of database: what figures call it, how to get one, and what suits it."""

    figure: str
    open: Callable[[], AbstractContextManager[Database]]
    blocking_threads: int


KINDS = (Kind("sqlite", sqlite_database, 1), Kind("postgresql", postgresql_database, 2))


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to measure."""

    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured of one kind of question with one number of connections, beside the bare view."""

    asked: Asked
    connections: int
    bare: Sequence[Outcome]
    gate: Sequence[Outcome]

    @property
    def ratio(self) -> float:
        """The gate's requests a second as a share of the bare view's: each round by itself, because the machine drifts."""
        return statistics.median(gate.requests_a_second / bare.requests_a_second for bare, gate in zip(self.bare, self.gate, strict=True))

    @property
    def requests_a_second(self) -> float:
        """How many the gate answers."""
        return statistics.median(outcome.requests_a_second for outcome in self.gate)

    @property
    def evaluations_a_second(self) -> float:
        """How many evaluations those are."""
        return self.requests_a_second * self.asked.evaluations

    @property
    def p99_ms(self) -> float:
        """What 99 of 100 questions do not exceed."""
        return statistics.median(outcome.p99_ms for outcome in self.gate)

    def row(self, database: str, people: int, statements: int) -> list[str]:
        """Its line of the table."""
        bare = statistics.median(outcome.requests_a_second for outcome in self.bare)
        figures = [f"{bare:,.0f}", f"{self.requests_a_second:,.0f}", f"{self.evaluations_a_second:,.0f}", f"{self.ratio:.3f}"]
        return [f"{database}, {self.asked.name}", f"{people:,}", str(self.connections), *figures, f"{self.p99_ms:.1f}", str(statements)]


HEADS = ("what", "people", "connections", "bare view/s", "gate/s", "evaluations/s", "ratio", "p99 ms", "statements")


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything that was measured on one database with one number of people."""

    kind: Kind
    people: int
    readings: Sequence[Reading]
    half: Sequence[Outcome]
    """Single evaluations at half of the rate that was measured, each round over new connections: the workers share them out anew."""
    statements: dict[str, int]
    verified_a_second: float
    """Tickets that one core verifies."""

    def rows(self) -> list[list[str]]:
        """The lines of the table."""
        rows = [reading.row(self.kind.figure, self.people, self.statements[reading.asked.name]) for reading in self.readings]
        rate = f"{statistics.median(outcome.requests_a_second for outcome in self.half):,.0f}"
        at_half = [f"{self.kind.figure}, single at half the rate", f"{self.people:,}", str(CONNECTIONS), "–", rate, rate, "–"]
        return [*rows, [*at_half, f"{self.half_p99_ms:.1f}", str(self.statements["single"])]]

    @property
    def half_p99_ms(self) -> float:
        """What 99 of 100 questions do not exceed at half the rate."""
        return statistics.median(outcome.p99_ms for outcome in self.half)

    def figures(self, *, is_grown: bool) -> dict[str, float]:
        """What the last line says of it."""
        single, many, again, batch, batch_again, search, ticket = self.readings
        name = f"{self.kind.figure}_grown" if is_grown else self.kind.figure
        return {
            f"{name}_ratio": round(min(single.ratio, many.ratio), 3),
            f"{name}_again_ratio": round(again.ratio, 3),
            f"{name}_half_p99_ms": round(self.half_p99_ms, 1),
            f"{name}_batch_gain": round(batch.evaluations_a_second / single.evaluations_a_second, 1),
            f"{name}_batch_again_gain": round(batch_again.evaluations_a_second / again.evaluations_a_second, 1),
            f"{name}_searches_a_second": round(search.requests_a_second, 1),
            f"{name}_search_p99_ms": round(search.p99_ms, 1),
            f"{name}_tickets_a_second": round(ticket.requests_a_second, 1),
            f"{name}_tickets_verified_a_second": round(self.verified_a_second, 1),
            f"{name}_statements": max(self.statements.values()),
        }


def measure(kind: Kind, organisation: Organisation, patience: Pace) -> Findings:
    """Everything there is to know about one kind of database with so many people."""
    asked = gate_questions(organisation)
    with kind.open() as database:
        started = time.monotonic()
        settle(organisation, database)
        print(f"{database.name}: {organisation.people_count:,} people settled in {time.monotonic() - started:.0f} s", flush=True)
        statements, verified = statement_counts(database.url, asked), tickets_verified_a_second(database.url, asked[-1].questions[0])
        with serving(database.url, blocking_threads=kind.blocking_threads) as port, ProcessPoolExecutor(1, get_context("spawn")) as load:
            readings = _take_turns(load, port, asked, patience)
            half = _at_half(load, port, readings[0], patience)
    return Findings(kind, organisation.people_count, readings, half, statements, verified)


def _take_turns(load: ProcessPoolExecutor, port: int, asked: Sequence[Asked], patience: Pace) -> list[Reading]:
    bare, numbers = bare_questions(), count(1)

    def ask(kind: Asked, connections: int, seconds: float) -> Outcome:
        return load.submit(drive, Plan(port, kind.turn(next(numbers)), connections, seconds)).result()

    for warmed in (bare, *asked):
        ask(warmed, FEW_CONNECTIONS, WARM_UP_SECONDS)
    readings = []
    plans = [(asked[0], CONNECTIONS), (asked[0], MANY_CONNECTIONS), (asked[1], CONNECTIONS), *((kind, FEW_CONNECTIONS) for kind in asked[2:])]
    for kind, connections in plans:
        turns = [(ask(bare, connections, patience.seconds), ask(kind, connections, patience.seconds)) for _ in range(patience.rounds)]
        readings.append(Reading(kind, connections, [turn[0] for turn in turns], [turn[1] for turn in turns]))
    return readings


def _at_half(load: ProcessPoolExecutor, port: int, single: Reading, patience: Pace) -> list[Outcome]:
    """Single evaluations at half of the rate that was measured, other ones each round."""
    plans = [Plan(port, single.asked.turn(-1 - number), CONNECTIONS, patience.seconds) for number in range(patience.rounds)]
    return [load.submit(pace, plan, single.requests_a_second / 2).result() for plan in plans]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100_000, help="how large the organisation is")
    parser.add_argument("--growth", type=int, default=1, help="measure once more with so many times the people")
    parser.add_argument("--rounds", type=int, default=5, help="how often bare view and gate take turns")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each turn takes")
    return parser.parse_args()


def main() -> None:
    """Measure, show, and say it in one line."""
    arguments = _arguments()
    patience = Pace(arguments.rounds, arguments.seconds)
    print(f"The gate beside a bare Flask view: granian, {WORKERS} workers, {patience.rounds} rounds of {patience.seconds:g} s each", flush=True)
    sizes = sorted({arguments.people, arguments.people * arguments.growth})
    findings = [measure(kind, Organisation(people_count=people), patience) for people in sizes for kind in KINDS]
    print(table(HEADS, [row for found in findings for row in found.rows()]))
    figures = {name: value for found in findings for name, value in found.figures(is_grown=found.people > arguments.people).items()}
    print(last_line("gate", **figures))


if __name__ == "__main__":
    main()
