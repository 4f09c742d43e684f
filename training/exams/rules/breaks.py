"""Breaks by accommodation: a bank of seconds that the candidate spends as they like. Their time lies within the deadline already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from training.exams.rules.timing import TimeDeed


@dataclass(frozen=True, slots=True)
class BreakBank:
    """What of somebody's breaks is taken, to the microsecond by the server's clock, and whether one is being taken."""

    granted_seconds: int
    taken: timedelta = timedelta()
    """By breaks that have ended."""
    started_at: datetime | None = None
    """Since when the present break lasts."""

    @property
    def ends_at(self) -> datetime | None:
        """When the present break ends by itself, because nothing is left."""
        return None if self.started_at is None else self.started_at + max(timedelta(seconds=self.granted_seconds) - self.taken, timedelta())

    def is_on_break(self, now: datetime) -> bool:
        """Whether the questions are covered now."""
        return self.ends_at is not None and now < self.ends_at

    def left(self, now: datetime) -> timedelta:
        """What is left to be taken."""
        going = min(now, self.ends_at) - self.started_at if self.started_at is not None and self.ends_at is not None else timedelta()
        return timedelta(seconds=self.granted_seconds) - self.taken - max(going, timedelta())


def taken_in(deeds: Iterable[tuple[TimeDeed, datetime]]) -> timedelta:
    """How long the breaks that have ended lasted together; the deeds in order."""
    taken, started_at = timedelta(), None
    for deed, at in deeds:
        if deed is TimeDeed.BREAK_STARTED:
            started_at = at
        elif deed is TimeDeed.BREAK_ENDED and started_at is not None:
            taken, started_at = taken + (at - started_at), None
    return taken
