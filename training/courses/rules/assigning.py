"""Whom an assignment asks, until when where they are, and when they are reminded of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

LAST_SECOND = time(23, 59, 59)
REMINDED_DAYS_BEFORE = (7, 1)
OVERDUE = 0
"""Stands among the days before for the day itself being over."""
TOLD_WITHIN = timedelta(days=7)
"""For so long after its end somebody is still told that it is overdue; after that it would be no news."""


@dataclass(frozen=True, slots=True)
class AudienceRule:
    """Everybody who works for a market and in a language, whenever they come; what is empty does not narrow. One of the two is said."""

    market: str
    language: str

    @property
    def key(self) -> str:
        """`ID/id`, `ID/`, `/id`: how the database keeps it."""
        return f"{self.market}/{self.language}"

    @classmethod
    def parse(cls, key: str) -> "AudienceRule":
        """The rule that the database keeps so."""
        market, _, language = key.partition("/")
        return cls(market, language)


def rules_fitting(markets: Collection[str], languages: Collection[str]) -> frozenset[str]:
    """The keys of all rules that take in somebody who works for these markets and in these languages."""
    return frozenset(AudienceRule(market, language).key for market in ("", *markets) for language in ("", *languages) if market or language)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The last second of a day where somebody is."""
    return datetime.combine(day, LAST_SECOND, zone).astimezone(UTC)


def reminder_due(due_at: datetime, *, assigned_at: datetime, now: datetime) -> int | None:
    """Which reminder is to be given now, in days before the end (`OVERDUE` after it); none where it was asked for later than that, or is long over."""
    if due_at <= now:
        return OVERDUE if now < due_at + TOLD_WITHIN else None
    passed = [days for days in REMINDED_DAYS_BEFORE if due_at - timedelta(days=days) <= now]
    nearest = min(passed, default=None)
    return nearest if nearest is not None and assigned_at < due_at - timedelta(days=nearest) else None
