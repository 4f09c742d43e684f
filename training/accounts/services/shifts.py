"""Making shifts, changing their hours, and saying who works which."""

from datetime import datetime

from training.accounts import queries
from training.accounts.models import Person, Shift, ShiftAssignment, ShiftVersion
from training.accounts.rules import AccountReason, Hours
from training.accounts.services.taken import unless_taken
from training.actors import Actor, ActorKind
from training.audit.services import record
from training.db import db
from training.errors import Refusal


def create_shift(name: str, hours: Hours, *, by: Actor, now: datetime) -> Shift:
    """A new shift with these hours from now on. Raises Refusal for a name that is taken and for hours without a length."""
    if queries.shift_by_name(name) is not None:
        raise Refusal(AccountReason.SHIFT_TAKEN, name=name)
    shift = Shift(name=name)
    with unless_taken(AccountReason.SHIFT_TAKEN, name=name):
        db.session.add(shift)
    _append(shift, hours, by=by, now=now)
    return shift


def change_hours(shift: Shift, hours: Hours, *, by: Actor, now: datetime) -> bool:
    """From now on the shift has these hours; the past is answered by those it had. Says whether anything changed."""
    queries.lock_shift(shift.id)
    latest = queries.latest_hours().get(shift.id)
    if latest is not None and latest.hours == hours:
        return False
    _append(shift, hours, by=by, now=now)
    return True


def assign_shift(person: Person, shift: Shift | None, *, effective_from: datetime, by: Actor, now: datetime) -> bool:
    """From then on the person works this shift, or none. Says whether that is new. Nobody assigns themselves."""
    if by.kind is ActorKind.PERSON and by.id == person.id:
        raise Refusal(AccountReason.ABSENCE_FOR_ONESELF)
    begins = max(effective_from, now)
    queries.lock_person(person.id)
    if queries.shift_of(person.id, at=begins) == (shift.id if shift else None):
        return False
    by_id = by.id if by.kind is ActorKind.PERSON else None
    row = ShiftAssignment(person_id=person.id, shift_id=shift.id if shift else None, effective_from=begins, recorded_at=now, recorded_by_id=by_id)
    db.session.add(row)
    db.session.flush()
    detail = {"shift": shift.id if shift else None, "effective_from": begins.isoformat(timespec="seconds")}
    record("shift.assigned", by=by, subject=("person", person.id), now=now, detail=detail)
    return True


def _append(shift: Shift, hours: Hours, *, by: Actor, now: datetime) -> None:
    if hours.begins == hours.ends or not hours.days:
        raise Refusal(AccountReason.SHIFT_WITHOUT_LENGTH)
    begins, ends = f"{hours.begins:%H:%M}", f"{hours.ends:%H:%M}"
    row = ShiftVersion(
        shift_id=shift.id,
        number=queries.version_count(shift.id) + 1,
        zone=hours.zone,
        days=sorted(hours.days),
        begins=begins,
        ends=ends,
        is_binding=hours.is_binding,
        effective_from=now,
        recorded_at=now,
    )
    db.session.add(row)
    db.session.flush()
    detail = {"zone": hours.zone, "days": row.days, "begins": begins, "ends": ends, "is_binding": hours.is_binding}
    record("shift.hours_set", by=by, subject=("shift", shift.id), now=now, detail=detail)
