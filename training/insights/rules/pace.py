"""When what is counted as a whole is counted anew: the longer it takes, the more seldom."""

from datetime import datetime, timedelta

SHARE = 100
"""Counting takes a hundredth of the time at most."""
SOONEST, A_DAY = timedelta(minutes=1), timedelta(days=1)


def is_due(counted_at: datetime, seconds: float, *, soonest: timedelta = SOONEST, now: datetime) -> bool:
    """Whether to count anew what was last counted then and took so many seconds; once a day however long it takes."""
    return now - counted_at >= min(A_DAY, max(soonest, timedelta(seconds=seconds * SHARE)))


def months_until(now: datetime, count: int) -> list[tuple[datetime, datetime]]:
    """The last so many months of the zone of `now`, the running one last: when each begins and ends."""
    begins = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    found: list[tuple[datetime, datetime]] = []
    ends = (begins + timedelta(days=31)).replace(day=1)
    for _ in range(count):
        found.insert(0, (begins, ends))
        begins, ends = (begins - timedelta(days=1)).replace(day=1), begins
    return found
