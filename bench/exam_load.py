"""How many candidates one 2-core machine holds, with the load beside the server, on PostgreSQL.

First a thousand candidates of an announced window, whose forms are drawn before it opens: all start within ten seconds,
then each answers every ten seconds and turns to the next question in between. Then more, until a save's p99 or a start's
breaks its bound. Then saves, starts (each draws its form), pages and submissions as fast as they go, and pgbench with the
statement of a save.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TypeVar

from support.databases import Postgresql, postgresql_database
from support.figures import last_line, table
from support.hall import Candidate, prepare_forms, settle_hall
from support.pgbench import saves_a_second
from support.server import WORKERS, serving
from support.sittings import Flood, Flow, Heard, Sitting, Trial, run_flood, run_trial

SAVE_BOUND_MS = 150
START_BOUND_MS = 1000
START_SECONDS = 10.0
FIRST_COUNT = 1000
LATER_COUNTS = (1500, 2000, 2500, 3000)
CONNECTIONS = 32
BLOCKING_THREADS = 2
FLOODS = ("page", "save", "start", "submit")

Asked = TypeVar("Asked")
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to measure."""

    first_count: int
    answer_seconds: float
    flood_seconds: float
    later_counts: Sequence[int]

    @property
    def people_count(self) -> int:
        """How many candidates are needed at most."""
        return self.first_count + 2 * sum(self.later_counts) + int(1500 * self.flood_seconds)


@dataclass(slots=True)
class Hall:
    """A served exam with candidates who wait, and the process that plays them."""

    database: Postgresql
    port: int
    waiting: list[Candidate]
    pace: Pace
    load: ProcessPoolExecutor
    sittings: list[Sitting] = field(default_factory=list)

    def try_with(self, count: int) -> Heard:
        """So many new candidates at once, after their forms were prepared."""
        called = self._called(count)
        prepare_forms(self.database, called)
        heard = self._played(run_trial, Trial(self.port, called, START_SECONDS, self.pace.answer_seconds))
        self.sittings += heard.sittings
        return heard

    def flood(self, asked: str) -> Flow:
        """One thing as fast as it goes."""
        seconds = self.pace.flood_seconds
        candidates = self._called(int(1500 * seconds)) if asked == "start" else ()
        return self._played(run_flood, Flood(self.port, asked, self.sittings, candidates, CONNECTIONS, seconds))

    def _called(self, count: int) -> list[Candidate]:
        called, self.waiting = self.waiting[:count], self.waiting[count:]
        return called

    def _played(self, play: Callable[[Asked], Told], what: Asked) -> Told:
        return self.load.submit(play, what).result()


def holds(heard: Heard) -> bool:
    """Whether both bounds were kept, without an error."""
    return not heard.error_count and heard.p99("save") < SAVE_BOUND_MS and heard.p99("start") < START_BOUND_MS


def largest(hall: Hall, first: Heard, tried: dict[int, Heard]) -> int:
    """The largest number of candidates that kept both bounds: upwards while they hold, then once between the last that did and the first that did not."""
    if not holds(first):
        return 0
    best = hall.pace.first_count
    for count in hall.pace.later_counts:
        tried[count] = hall.try_with(count)
        if not holds(tried[count]):
            between = (best + count) // 2
            tried[between] = hall.try_with(between)
            return between if holds(tried[between]) else best
        best = count
    return best


def _row(count: int, heard: Heard) -> list[str]:
    medians = [f"{statistics.median(heard.milliseconds[asked] or [0]):.0f}" for asked in ("start", "page", "save")]
    worst = [f"{heard.p99(asked):.0f}" for asked in ("start", "page", "save")]
    return [f"{count:,}", *medians, *worst, str(heard.error_count), "yes" if holds(heard) else "no"]


HEADS = ("candidates", "start ms", "page ms", "save ms", "start p99", "page p99", "save p99", "errors", "holds")


def measure(pace: Pace) -> None:
    """Everything, shown as it comes."""
    with postgresql_database() as database:
        began_at = time.monotonic()
        candidates = settle_hall(database, pace.people_count)
        print(f"{len(candidates):,} candidates settled in {time.monotonic() - began_at:.0f} s", flush=True)
        with serving(database.url, blocking_threads=BLOCKING_THREADS) as port, ProcessPoolExecutor(1, get_context("spawn")) as load:
            hall = Hall(database, port, candidates, pace, load)
            first = hall.try_with(pace.first_count)
            tried = {pace.first_count: first}
            best = largest(hall, first, tried)
            print(table(HEADS, [_row(count, heard) for count, heard in sorted(tried.items())]), flush=True)
            for heard in tried.values():
                for words, times in heard.errors.most_common(3):
                    print(f"  {times} × {words}")
            flows = {asked: hall.flood(asked) for asked in FLOODS[:2]}
            pgbench = saves_a_second(database, hall.sittings, seconds=pace.flood_seconds)
            print(f"pgbench: {pgbench:,.0f} saves a second", flush=True)
            flows |= {asked: hall.flood(asked) for asked in FLOODS[2:]}
            for asked, flow in flows.items():
                print(f"{asked}: {flow.a_second:,.0f} a second, {flow.errors.total()} errors {dict(flow.errors.most_common(2))}", flush=True)
    report(first, tried, best, flows, pgbench)


def report(first: Heard, tried: dict[int, Heard], best: int, flows: dict[str, Flow], pgbench: float) -> None:
    """The line that programs read."""
    figures = {f"{asked}s_per_s": round(flow.a_second) for asked, flow in flows.items()}
    errors = sum(heard.error_count for heard in tried.values()) + sum(flow.errors.total() for flow in flows.values())
    p99 = {"save_p99_ms": round(first.p99("save"), 1), "start_p99_ms": round(first.p99("start"), 1)}
    print(
        last_line(
            "exam_load",
            candidates=min(tried),
            errors=errors,
            **p99,
            saves_to_pgbench_ratio=round(flows["save"].a_second / pgbench, 3),
            largest_candidates=best,
            **figures,
        )
    )


def main() -> None:
    """Measure, show, and say it in one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one trial and short floods, to try something out")
    parser.add_argument("--candidates", type=int, default=FIRST_COUNT, help="how many sit at once in the first trial")
    arguments = parser.parse_args()
    pace = Pace(arguments.candidates, 10.0, 3.0, ()) if arguments.quick else Pace(arguments.candidates, 20.0, 8.0, LATER_COUNTS)
    print(f"The exam's load: granian, {WORKERS} workers, PostgreSQL, load on the same machine", flush=True)
    measure(pace)


if __name__ == "__main__":
    main()
