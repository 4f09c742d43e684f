"""When somebody is not available, and who may know why. The gate is told the first and never the second."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When an absence is over that nobody has ended and that has no date."""


class AbsenceKind(StrEnum):
    """Why somebody is not available; to everybody else all of them read alike."""

    LEAVE = "leave"
    PAUSE = "pause"
    WELLBEING = "wellbeing"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Absence:
    """That somebody is not available over a span, without why. `ended_at` is when it was ended early, and when that was recorded."""

    effective_from: datetime
    effective_until: datetime | None
    recorded_at: datetime
    ended_at: datetime | None = None

    @property
    def over_at(self) -> datetime:
        """When it is over, as far as is known."""
        return over_at(self.effective_until, self.ended_at)


def over_at(effective_until: datetime | None, ended_at: datetime | None) -> datetime:
    """The earlier of its date and of its end, or never."""
    return min(effective_until or NEVER, ended_at or NEVER)


def is_absent(absences: Iterable[Absence], *, at: datetime) -> bool:
    """Whether one of these holds at an instant."""
    return any(absence.effective_from <= at < absence.over_at for absence in absences)


@dataclass(frozen=True, slots=True)
class AbsenceEntry:
    """What a lead or an administrator records: of which kind, from when, until when, and for holds why."""

    kind: AbsenceKind
    since: datetime
    until: datetime | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at an absence: the person it is about, whoever recorded it, an administrator, or none of them."""

    is_self: bool = False
    is_recorder: bool = False
    is_admin: bool = False


def may_read_cause(kind: AbsenceKind, reader: Reader) -> bool:
    """Whether this reader may know why.

    A pause is the person's alone; of a rest for their wellbeing only who recorded it knows besides; leave and holds are administrators' too.
    """
    if reader.is_self or (reader.is_recorder and kind is not AbsenceKind.PAUSE):
        return True
    return reader.is_admin and kind in (AbsenceKind.LEAVE, AbsenceKind.HOLD)


def may_end(kind: AbsenceKind, reader: Reader) -> bool:
    """Whether this reader may end it early: a pause and a rest the person, a hold another administrator than who made it."""
    if kind is AbsenceKind.PAUSE:
        return reader.is_self
    if kind is AbsenceKind.WELLBEING:
        return reader.is_self or reader.is_recorder
    if reader.is_self:
        return False
    return reader.is_admin and not reader.is_recorder if kind is AbsenceKind.HOLD else reader.is_recorder or reader.is_admin
