"""Who is not available, why for those who may know, and which shifts people work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import func, select

from training.accounts.models import Absence, AbsenceCause, Person, Shift, ShiftAssignment, ShiftVersion
from training.accounts.rules import Absence as KnownAbsence
from training.accounts.rules import AbsenceKind, Hours, HoursVersion, Reader, assignment_at, is_absent, is_off_shift, may_end, may_read_cause
from training.accounts.rules import ShiftAssignment as KnownAssignment
from training.db import db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class ExplainedAbsence:
    """An absence with its cause, for somebody who may know it."""

    id: int
    kind: AbsenceKind
    reason: str | None
    effective_from: datetime
    effective_until: datetime | None
    ended_at: datetime | None
    recorded_at: datetime
    recorded_by: str
    over_at: datetime
    may_end: bool


def absences_explained_to(reader_id: int, person_id: int, *, is_admin: bool) -> list[ExplainedAbsence]:
    """A person's absences that this reader may know the causes of, the latest first. The others are left out: their dates would tell too much."""
    found = (_explained(*row, reader_id=reader_id, is_admin=is_admin) for row in db.session.execute(_with_causes(person_id)))
    return [entry for entry in found if entry is not None]


def _with_causes(person_id: int) -> Any:
    asked = select(Absence, AbsenceCause, Person.name).join(AbsenceCause, AbsenceCause.absence_id == Absence.id)
    asked = asked.join(Person, Person.id == AbsenceCause.recorded_by_id).where(Absence.person_id == person_id)
    return asked.order_by(Absence.effective_from.desc(), Absence.id.desc())


def _explained(absence: Absence, cause: AbsenceCause, recorded_by: str, *, reader_id: int, is_admin: bool) -> ExplainedAbsence | None:
    reader = Reader(absence.person_id == reader_id, cause.recorded_by_id == reader_id, is_admin)
    kind = AbsenceKind(cause.kind)
    if not may_read_cause(kind, reader):
        return None
    return ExplainedAbsence(
        id=absence.id,
        kind=kind,
        reason=cause.reason,
        effective_from=absence.effective_from,
        effective_until=absence.effective_until,
        ended_at=absence.ended_at,
        recorded_at=absence.recorded_at,
        recorded_by=recorded_by,
        over_at=absence.over_at,
        may_end=may_end(kind, reader),
    )


def absence_with_cause(person_id: int, absence_id: int) -> tuple[Absence, AbsenceCause]:
    """One absence of this person, as it is in the database now. Raises NotFound, also where its cause is forgotten: nobody may say then who may end it."""
    asked = select(Absence, AbsenceCause).join(AbsenceCause, AbsenceCause.absence_id == Absence.id)
    found = db.session.execute(asked.where(Absence.id == absence_id, Absence.person_id == person_id).execution_options(populate_existing=True)).first()
    if found is None:
        raise NotFound(absence_id)
    return found[0], found[1]


def running_pause(person_id: int, *, now: datetime) -> Absence | None:
    """The pause that this person takes now."""
    asked = select(Absence).join(AbsenceCause, AbsenceCause.absence_id == Absence.id).where(AbsenceCause.kind == AbsenceKind.PAUSE)
    running = asked.where(Absence.person_id == person_id, Absence.effective_from <= now, Absence.over_at > now)
    return db.session.scalar(running.order_by(Absence.id.desc()).limit(1))


def absence_alike(person_id: int, kind: AbsenceKind, *, since: datetime, until: datetime | None, by_id: int) -> Absence | None:
    """What the same person recorded already of the same kind with the same end, where it has begun by then and is not over."""
    asked = select(Absence).join(AbsenceCause, AbsenceCause.absence_id == Absence.id)
    asked = asked.where(AbsenceCause.kind == kind, AbsenceCause.recorded_by_id == by_id, Absence.effective_until.is_not_distinct_from(until))
    return db.session.scalar(asked.where(Absence.person_id == person_id, Absence.effective_from <= since, Absence.over_at > since).limit(1))


def unavailable_people(person_ids: Iterable[int], *, now: datetime) -> frozenset[int]:
    """Those of these people who are not available now, whatever the cause: two statements."""
    wanted, absences = sorted(set(person_ids)), defaultdict[int, list[KnownAbsence]](list)
    for row in db.session.scalars(select(Absence).where(Absence.person_id.in_(wanted), Absence.over_at > now)):
        absences[row.person_id].append(KnownAbsence(row.effective_from, row.effective_until, row.recorded_at, row.ended_at))
    shifts = assignments_of(wanted)
    return frozenset(identity for identity in wanted if is_absent(absences[identity], at=now) or is_off_shift(shifts.get(identity, ()), now))


def assignments_of(person_ids: Iterable[int]) -> Mapping[int, Sequence[KnownAssignment]]:
    """Which shifts these people ever worked, with the hours of each: one statement."""
    asked = select(ShiftAssignment, ShiftVersion).outerjoin(ShiftVersion, ShiftVersion.shift_id == ShiftAssignment.shift_id)
    rows, versions = dict[int, ShiftAssignment](), defaultdict[int, tuple[HoursVersion, ...]](tuple)
    for assignment, version in db.session.execute(asked.where(ShiftAssignment.person_id.in_(list(person_ids)))):
        rows[assignment.id] = assignment
        versions[assignment.id] += (hours_version(version),) if version is not None else ()
    found = defaultdict[int, list[KnownAssignment]](list)
    for row in rows.values():
        found[row.person_id].append(KnownAssignment(row.effective_from, row.recorded_at, row.id, row.shift_id, versions[row.id]))
    return found


def hours_version(row: ShiftVersion) -> HoursVersion:
    """A version as the rules take it."""
    hours = Hours(row.zone, frozenset(row.days), time.fromisoformat(row.begins), time.fromisoformat(row.ends), row.is_binding)
    return HoursVersion(hours, row.effective_from, row.recorded_at, row.number)


def shift_of(person_id: int, *, at: datetime) -> int | None:
    """The id of the shift that a person works at an instant, as is known now."""
    found = assignment_at(assignments_of([person_id]).get(person_id, ()), at)
    return found.shift_id if found else None


def shift(shift_id: int) -> Shift:
    """The shift with this id. Raises NotFound."""
    found = db.session.get(Shift, shift_id)
    if found is None:
        raise NotFound(shift_id)
    return found


def lock_shift(shift_id: int) -> None:
    """Wait until nobody else is changing this shift, and keep others waiting until the transaction ends."""
    db.session.execute(select(Shift.id).where(Shift.id == shift_id).with_for_update())


def shift_by_name(name: str) -> Shift | None:
    """The shift of this name, whatever its capitals."""
    return next((found for found in db.session.scalars(select(Shift)) if found.name.casefold() == name.casefold()), None)


def shift_names() -> Mapping[int, str]:
    """Names of shifts by id, in order of the names."""
    return {found.id: found.name for found in db.session.scalars(select(Shift).order_by(Shift.name, Shift.id))}


def latest_hours() -> Mapping[int, HoursVersion]:
    """The hours that each shift was given last, by its id."""
    rows = db.session.scalars(select(ShiftVersion).order_by(ShiftVersion.shift_id, ShiftVersion.effective_from, ShiftVersion.number))
    return {row.shift_id: hours_version(row) for row in rows}


def version_count(shift_id: int) -> int:
    """How often this shift was given hours."""
    return db.session.scalar(select(func.count()).where(ShiftVersion.shift_id == shift_id)) or 0


def own_absences(person_id: int) -> list[dict[str, object]]:
    """Everything about a person's absences, causes included, as they take it away."""
    rows = db.session.execute(
        select(Absence, AbsenceCause).outerjoin(AbsenceCause, AbsenceCause.absence_id == Absence.id).where(Absence.person_id == person_id).order_by(Absence.id)
    )
    return [
        {
            "kind": cause.kind if cause else None,
            "reason": cause.reason if cause else None,
            "from": absence.effective_from,
            "until": absence.effective_until,
            "ended_at": absence.ended_at,
            "recorded_at": absence.recorded_at,
        }
        for absence, cause in rows
    ]


def own_shifts(person_id: int) -> list[dict[str, object]]:
    """Which shifts a person was given, as they take it away."""
    names = shift_names()
    rows = db.session.scalars(select(ShiftAssignment).where(ShiftAssignment.person_id == person_id).order_by(ShiftAssignment.id))
    return [{"shift": names.get(row.shift_id or 0), "from": row.effective_from, "recorded_at": row.recorded_at} for row in rows]
