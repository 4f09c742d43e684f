"""How long a certificate lasts, and the term that meeting every need earns."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from training.certification.rules.ledger import EventKind, Standing, State


class Ending(StrEnum):
    """What ends a certificate."""

    DURATION = "duration"
    """So many days after its term began."""
    CALENDAR = "calendar"
    """A date that comes every year."""
    DISUSE = "disuse"
    """So many days without reported work."""
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class TermRule:
    """How long a term lasts, and how long before its end the next one may be earned."""

    ending: Ending
    days: int = 0
    """By duration how long the term is; by disuse how long nobody may stay away."""
    dates: tuple[tuple[int, int], ...] = ()
    """By the calendar: month and day of each date with whose last instant terms end."""
    at_least_days: int = 0
    """By the calendar: no term is shorter; what would be ends a date later."""
    zone: tzinfo = UTC
    """Whose dates they are: the organisation's."""
    renewal_window_days: int = 0


@dataclass(frozen=True, slots=True)
class Term:
    """A new term and what the ledger calls it: until an instant, or until so many days of disuse, or without an end."""

    kind: EventKind
    valid_from: datetime
    valid_until: datetime | None
    disuse_days: int | None = None


def first_instant_of(day: date, zone: tzinfo) -> datetime:
    """When a day begins in a zone, in UTC.

    Where clocks skip midnight the day begins as they do so; where they show it twice, the first time.
    """
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _calendar_end(rule: TermRule, begin: datetime) -> datetime:
    """The first of the rule's dates that leaves the term its least length; the term ends as that day does."""
    earliest = begin + timedelta(days=rule.at_least_days)
    year = earliest.astimezone(rule.zone).year
    ends = (first_instant_of(date(each, *month_day) + timedelta(days=1), rule.zone) for each in (year, year + 1) for month_day in rule.dates)
    return min(end for end in ends if end > begin and end >= earliest)


def _term(kind: EventKind, begin: datetime, rule: TermRule) -> Term:
    match rule.ending:
        case Ending.DURATION:
            return Term(kind, begin, begin + timedelta(days=rule.days))
        case Ending.CALENDAR:
            return Term(kind, begin, _calendar_end(rule, begin))
        case Ending.DISUSE:
            return Term(kind, begin, None, rule.days)
        case Ending.NEVER:
            return Term(kind, begin, None)


def next_term(current: Standing, rule: TermRule, *, now: datetime) -> Term | None:
    """The term that meeting every need at `now` earns; nothing while a certificate is in force and its renewal window is closed.

    Renewing inside the window starts the new term at the old end, so nobody loses days by being early. What ends by disuse has no end that is
    settled: its new term starts at once, and the days are counted from then.
    """
    if current.state is State.PENDING:
        return None
    if not current.is_in_force:
        return _term(EventKind.AWARDED, now, rule)
    if current.until is None or now < current.until - timedelta(days=rule.renewal_window_days):
        return None
    return _term(EventKind.RENEWED, now if current.is_by_disuse else current.until, rule)
