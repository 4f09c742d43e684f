"""Shifts: on which days, from when until when, by which clock. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
LOOKED_AHEAD = 16
"""Days within which a shift turns at least once: it has a day in every week, and a clock change swallows one of them at most."""
MONTH = 31 * DAY
FIRST, LAST = datetime.min.replace(tzinfo=UTC) + MONTH, datetime.max.replace(tzinfo=UTC) - MONTH
"""Nearer to the ends of the calendar nobody works: a day has no day after it there."""


@dataclass(frozen=True, slots=True)
class Hours:
    """A shift's hours by the clock of its site. What ends at or before it begins, ends on the next day."""

    zone: str
    days: frozenset[int]
    """Days of the week on which it begins: 1 is Monday, 7 is Sunday."""
    begins: time
    ends: time
    is_binding: bool = False
    """Whether its people are unavailable outside it."""


@dataclass(frozen=True, slots=True)
class HoursVersion:
    """What a shift's hours are from an instant on."""

    hours: Hours
    effective_from: datetime
    recorded_at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class ShiftAssignment:
    """That somebody works a shift, or none, from an instant on; with every version of that shift's hours."""

    effective_from: datetime
    recorded_at: datetime
    number: int
    shift_id: int | None = None
    versions: tuple[HoursVersion, ...] = ()


def assignment_at(assignments: Iterable[ShiftAssignment], at: datetime) -> ShiftAssignment | None:
    """The one that holds at an instant: among those begun the one that began last, of two the one recorded last."""
    begun = [entry for entry in assignments if entry.effective_from <= at]
    return max(begun, key=lambda entry: (entry.effective_from, entry.number)) if begun else None


def hours_at(assignments: Iterable[ShiftAssignment], at: datetime) -> Hours | None:
    """The hours that somebody works at an instant; nothing where they have no shift."""
    found = assignment_at(assignments, at)
    begun = [version for version in found.versions if version.effective_from <= at] if found else []
    return max(begun, key=lambda version: (version.effective_from, version.number)).hours if begun else None


def is_on_shift(hours: Hours, at: datetime) -> bool:
    """Whether an instant lies within the shift: from its beginning on, up to and without its end."""
    return any(begins <= at < ends for begins, ends in _spans(hours, at, count=3))


def is_off_shift(assignments: Sequence[ShiftAssignment], at: datetime) -> bool:
    """Whether somebody is outside a shift that binds them."""
    hours = hours_at(assignments, at) if assignments else None
    return hours is not None and hours.is_binding and not is_on_shift(hours, at)


def next_turn(hours: Hours, after: datetime) -> datetime | None:
    """When the shift next ends, or where it is not running begins."""
    end: datetime | None = None
    for begins, ends in _spans(hours, after, count=LOOKED_AHEAD):
        if ends <= max(begins, after):
            continue
        if begins > (end or after):
            return end or begins
        end = max(end or ends, ends)
    return end


def _spans(hours: Hours, around: datetime, *, count: int) -> Iterator[tuple[datetime, datetime]]:
    """The shift's turns on so many days, from the day before an instant on, in order.

    What begins or ends within an hour that the clock leaves out does so as much later; of an hour that comes twice the first counts.
    """
    if not FIRST <= around <= LAST:
        return
    zone = ZoneInfo(hours.zone)
    yesterday = around.astimezone(zone).date() - DAY
    for day in (yesterday + number * DAY for number in range(count)):
        if day.isoweekday() in hours.days:
            last = day if hours.begins < hours.ends else day + DAY
            yield _instant(day, hours.begins, zone), _instant(last, hours.ends, zone)


def _instant(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
