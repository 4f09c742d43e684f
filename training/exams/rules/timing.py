"""When an attempt ends, and what the server's clock says about it. The browser's clock is for display."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil

GRACE = timedelta(seconds=10)
"""How long after the deadline an answer that was already under way is still accepted."""


class AttemptState(StrEnum):
    """Where an attempt is."""

    OPEN = "open"
    SUBMITTED = "submitted"
    EXPIRED = "expired"


class TimeDeed(StrEnum):
    """What is done about an attempt's time while it runs."""

    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    BREAK_STARTED = "break_started"
    BREAK_ENDED = "break_ended"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much time somebody has, and how it came about."""

    limit_seconds: int
    time_multiplier: float
    extra_break_seconds: int

    @property
    def seconds(self) -> int:
        """The whole time: limit × accommodation + breaks, to the full second in the candidate's favour."""
        return ceil(self.limit_seconds * Decimal(str(self.time_multiplier))) + self.extra_break_seconds


def deadline(started_at: datetime, allowance: Allowance) -> datetime:
    """When an attempt that starts at this instant ends. Stored then, and moved only by an audited deed."""
    return started_at + timedelta(seconds=allowance.seconds)


def accepts_answers(deadline_at: datetime, now: datetime) -> bool:
    """Whether an answer that arrives now is in time."""
    return now <= deadline_at + GRACE


def state_at(state: AttemptState, deadline_at: datetime, now: datetime, *, paused_at: datetime | None) -> AttemptState:
    """The state at an instant, whether or not any sweep has been by. Nothing expires while it is paused."""
    if state is AttemptState.OPEN and paused_at is None and not accepts_answers(deadline_at, now):
        return AttemptState.EXPIRED
    return state


def resumed_deadline(deadline_at: datetime, paused_at: datetime, now: datetime) -> datetime:
    """When an attempt ends that goes on now: later by exactly the time that it stood still."""
    return deadline_at + max(now - paused_at, timedelta())


def finish(deadline_at: datetime, now: datetime) -> datetime:
    """The recorded finish of an attempt that ends now: never after its deadline."""
    return min(now, deadline_at)
