"""When somebody is reminded that a certificate ends."""

from datetime import datetime, time, timedelta, tzinfo

from training.certification.rules.terms import Ending, TermRule

REMINDED_DAYS_BEFORE = (30, 14, 7, 1)
"""How many days before the end people are reminded."""
TOLD_AFTERWARDS = 0
"""In place of those days: that it ended. By disuse nobody could know the day long before, so they are told when it came."""
TOLD_WITHIN = timedelta(days=7)
"""For so long after an end by disuse somebody is still told of it; after that it would be no news."""

MORNING = time(7)
"""When leads are told about their team, in their own zone."""


def last_morning(now: datetime, zone: tzinfo) -> datetime:
    """The latest instant at which it was 7 in the morning there."""
    here = now.astimezone(zone)
    today = datetime.combine(here, MORNING, zone)
    return today if today <= here else datetime.combine(here - timedelta(days=1), MORNING, zone)


def reminder_windows() -> tuple[tuple[int, int], ...]:
    """For each reminder how many days before the end it becomes due, and how many before the end the next one takes its place (0 is the end)."""
    return tuple(zip(REMINDED_DAYS_BEFORE, (*REMINDED_DAYS_BEFORE[1:], 0), strict=True))


def is_reminded_of(days: int, *, since: datetime, until: datetime) -> bool:
    """Whether this reminder makes sense for a term: what is shorter than its notice was known to end soon when it began."""
    return since < until - timedelta(days=days)


def reminded_between(term: tuple[datetime, datetime], rule: TermRule, *, after: datetime, now: datetime) -> int | None:
    """Which reminder of a term's end fell due after one instant and by another, in days before the end; the nearest of several, and nothing if none did."""
    since, until = term
    told = [days for days in REMINDED_DAYS_BEFORE if timedelta(days=days) <= notice_of(rule) and is_reminded_of(days, since=since, until=until)]
    due = [days for days in told if after < until - timedelta(days=days) <= now]
    return min(due, default=None) if until > now else None


def notice_of(rule: TermRule) -> timedelta:
    """How long before its end a certificate is told of at most: 30 days.

    What ends by disuse is always that many days from its end, so it is told of when half of them are over without work.
    """
    longest = timedelta(days=REMINDED_DAYS_BEFORE[0])
    return min(longest, timedelta(days=rule.days) / 2) if rule.ending is Ending.DISUSE else longest
