"""How much of the severe somebody was shown, and when that is enough for a day or a week."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Budget:
    """How many severe cases a day and a week may bring at most; None is no limit."""

    daily: int | None = None
    weekly: int | None = None


UNLIMITED = Budget()


@dataclass(frozen=True, slots=True)
class Exposure:
    """How many severe cases were shown to somebody since their day, and since their week, began. What they skipped is not counted."""

    today: int
    this_week: int


def is_spent(exposure: Exposure, budget: Budget) -> bool:
    """Whether it was enough for today, or for this week."""
    return (budget.daily is not None and exposure.today >= budget.daily) or (budget.weekly is not None and exposure.this_week >= budget.weekly)


def day_began_at(zone: str | None, *, now: datetime) -> datetime:
    """When the day began for a person in this zone."""
    return _local_midnight(zone, now=now).astimezone(UTC)


def week_began_at(zone: str | None, *, now: datetime) -> datetime:
    """When the week began for them: on Monday."""
    midnight = _local_midnight(zone, now=now)
    return (midnight - timedelta(days=midnight.weekday())).astimezone(UTC)


def _local_midnight(zone: str | None, *, now: datetime) -> datetime:
    return now.astimezone(ZoneInfo(zone or "UTC")).replace(hour=0, minute=0, second=0, microsecond=0)
