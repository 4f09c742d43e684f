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


@dataclass(frozen=True, slots=True)
class Asked:
    """What kinds of things a certification asks for: an exam that gates, exams beside it, anything else."""

    gating_exam: bool = False
    supporting_exams: bool = False
    others: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is something to meet: what asks for nothing nobody earns."""
        return self.exams or self.others

    @property
    def exams(self) -> bool:
        """Whether a pass is used up by each of its terms, so that what is met is met anew."""
        return self.gating_exam or self.supporting_exams


class TermRefusal(StrEnum):
    """Why somebody who asks for a term gets none."""

    NOTHING_TO_MEET = "term_nothing_to_meet"
    ENDED_BY_PEOPLE = "term_ended_by_people"
    NOT_DUE = "term_not_due"
    NEEDS_UNMET = "term_needs_unmet"


def is_ripe(current: Standing, asked: Asked) -> bool:
    """Whether the meeting of the last need is enough for a term, without anybody asking for it.

    A first certificate always; another one only where exams were passed anew for it. What was read once stays read:
    there the holder asks. What people ended they begin again, or an exam does that was sat since.
    """
    if current.state is State.NONE:
        return asked.anything
    return asked.exams and current.state in {State.IN_FORCE, State.LAPSED}


def is_ended_by_people_alone(current: Standing, asked: Asked) -> bool:
    """Whether somebody took the certificate away and has to give it back, because no exam can be sat that would."""
    if current.state is State.SUSPENDED:
        return not asked.gating_exam
    return current.state is State.REVOKED and not asked.exams
