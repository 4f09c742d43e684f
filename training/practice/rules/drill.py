"""A queue that keeps filling: what practising a surface at speed looks like in a week of promotions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from training.cases.rules import TIME_TARGETS, Surface

WAITING_AT_FIRST = 12
MOST_SHOWN = 99

SECONDS_BETWEEN: Mapping[Surface, int] = {**TIME_TARGETS, Surface.VIDEO: 68}
"""One case comes in the time that one takes: who keeps the pace sees the queue stay, who is faster sees it shrink. A video of a minute takes 68."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """The queue of a drill at an instant."""

    waiting_count: int
    seconds_between: int

    @property
    def is_full(self) -> bool:
        """Whether more wait than are counted."""
        return self.waiting_count >= MOST_SHOWN


def backlog(surface: Surface, *, started_at: datetime, done_count: int, now: datetime) -> Backlog:
    """How many cases wait after so many were done: twelve at first, and one more each time that a case should take."""
    between = SECONDS_BETWEEN[surface]
    arrived = int((now - started_at).total_seconds() // between)
    return Backlog(min(max(WAITING_AT_FIRST + arrived - done_count, 0), MOST_SHOWN), between)
