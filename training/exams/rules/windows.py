"""An announced window: it bounds the start of an attempt, never its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from training.exams.rules.reasons import StartRefusal

PREPARED_AHEAD = timedelta(hours=24)
"""From when forms are prepared for those who may sit."""


@dataclass(frozen=True, slots=True)
class Window:
    """When an exam may be started: `[opens_at, closes_at)`."""

    opens_at: datetime
    closes_at: datetime

    def refusal(self, now: datetime) -> StartRefusal | None:
        """Why nobody may start now, or nothing."""
        if now < self.opens_at:
            return StartRefusal.WINDOW_NOT_OPEN
        return StartRefusal.WINDOW_CLOSED if now >= self.closes_at else None

    def is_prepared_for(self, now: datetime) -> bool:
        """Whether forms are drawn ahead now."""
        return self.opens_at - PREPARED_AHEAD <= now < self.closes_at

    def is_over(self, now: datetime) -> bool:
        """Whether nobody can start in it any more."""
        return now >= self.closes_at
