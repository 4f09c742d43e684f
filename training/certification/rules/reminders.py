"""When somebody is reminded that a certificate ends."""

from datetime import datetime, timedelta

from training.certification.rules.terms import Ending, TermRule

REMINDED_DAYS_BEFORE = (30, 14, 7, 1)
"""How many days before the end people are reminded."""


def reminder_windows() -> tuple[tuple[int, int], ...]:
    """For each reminder how many days before the end it becomes due, and how many before the end the next one takes its place (0 is the end)."""
    return tuple(zip(REMINDED_DAYS_BEFORE, (*REMINDED_DAYS_BEFORE[1:], 0), strict=True))


def is_reminded_of(days: int, *, since: datetime, until: datetime) -> bool:
    """Whether this reminder makes sense for a term: what is shorter than its notice was known to end soon when it began."""
    return since < until - timedelta(days=days)


def notice_of(rule: TermRule) -> timedelta:
    """How long before its end a certificate is told of at most: 30 days.

    What ends by disuse is always that many days from its end, so it is told of when half of them are over without work.
    """
    longest = timedelta(days=REMINDED_DAYS_BEFORE[0])
    return min(longest, timedelta(days=rule.days) / 2) if rule.ending is Ending.DISUSE else longest
