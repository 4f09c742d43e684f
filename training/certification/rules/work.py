"""Reports of work: which are taken, and the stretches of work that they come to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from training.certification.rules.ledger import PAUSE
from training.certification.rules.terms import first_instant_of

Stretches = tuple[tuple[datetime, datetime], ...]


class WorkFault(StrEnum):
    """Why one row of a report is not taken."""

    UNREADABLE = "UNREADABLE"
    UNKNOWN_PERSON = "UNKNOWN_PERSON"
    UNKNOWN_QUEUE = "UNKNOWN_QUEUE"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    SAID_TWICE = "SAID_TWICE"


class WorkOutcome(StrEnum):
    """What became of a row that was taken."""

    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Worked:
    """So many decisions of one person in one queue on one day."""

    person_id: int
    queue: str
    day: date
    decision_count: int

    @property
    def key(self) -> tuple[int, str, date]:
        """What one count is kept for."""
        return self.person_id, self.queue, self.day


def outcome_of(worked: Worked, known: Mapping[tuple[int, str, date], int]) -> WorkOutcome:
    """What this says beside the counts that are known."""
    if worked.key not in known:
        return WorkOutcome.NEW
    return WorkOutcome.UNCHANGED if known[worked.key] == worked.decision_count else WorkOutcome.CORRECTED


def stretches_of(days: Iterable[date], zone: tzinfo) -> Stretches:
    """The stretches that days of work come to."""
    found: Stretches = ()
    for day in sorted(set(days)):
        found = with_day(found, day, zone)
    return found


def with_day(stretches: Stretches, day: date, zone: tzinfo) -> Stretches:
    """The same with one more day of work, a day of this zone; pauses shorter than `PAUSE` are bridged."""
    begin, end = first_instant_of(day, zone), first_instant_of(day + timedelta(days=1), zone)
    apart = [each for each in stretches if each[1] + PAUSE <= begin or end + PAUSE <= each[0]]
    joined = [each for each in stretches if each not in apart]
    whole = (min([begin, *(each[0] for each in joined)]), max([end, *(each[1] for each in joined)]))
    return tuple(sorted([*apart, whole]))
