"""Pausing, recording absences and ending them. No audit entry says why somebody is not available."""

from datetime import datetime

from training.accounts import queries
from training.accounts.models import Absence, AbsenceCause, Person
from training.accounts.rules import AbsenceEntry, AbsenceKind, AccountReason, Reader, may_end, may_read_cause, over_at
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import NotFound, Refusal

SHORTEST_REASON = 10
"""Letters that the reason of a hold has at least."""


def start_pause(person_id: int, *, until: datetime | None, now: datetime) -> None:
    """Take the person out of every queue, until that instant or until they say so. Said again it lasts until what was said last.

    It is not audited: whoever reads the audit would read what is theirs alone.
    """
    if until is not None and until <= now:
        raise Refusal(AccountReason.ABSENCE_ENDS_BEFORE_IT_BEGINS)
    queries.lock_person(person_id)
    running = queries.running_pause(person_id, now=now)
    if running is not None and running.effective_until == until:
        return
    if running is not None:
        _end(running, now)
    _append(person_id, AbsenceEntry(AbsenceKind.PAUSE, now, until), by_id=person_id, now=now)


def end_pause(person_id: int, *, now: datetime) -> bool:
    """The person is back. Says whether they were away: said twice it is written once."""
    queries.lock_person(person_id)
    running = queries.running_pause(person_id, now=now)
    if running is not None:
        _end(running, now)
    return running is not None


def record_absence(person: Person, entry: AbsenceEntry, *, by: Actor, now: datetime) -> Absence:
    """Record that somebody else is not available. It never reaches into the past; what was said already is not said again.

    Raises Refusal for oneself, for a hold without a reason and for dates the wrong way round.
    """
    since, reason = max(entry.since, now), (entry.reason or "").strip()
    if by.id is None or by.id == person.id:
        raise Refusal(AccountReason.ABSENCE_FOR_ONESELF)
    if entry.until is not None and entry.until <= since:
        raise Refusal(AccountReason.ABSENCE_ENDS_BEFORE_IT_BEGINS)
    if entry.kind is AbsenceKind.HOLD and len(reason) < SHORTEST_REASON:
        raise Refusal(AccountReason.HOLD_WITHOUT_REASON)
    kept = AbsenceEntry(entry.kind, since, entry.until, reason if entry.kind is AbsenceKind.HOLD else None)
    queries.lock_person(person.id)
    same = queries.absence_alike(person.id, kept.kind, since=since, until=kept.until, by_id=by.id)
    if same is not None:
        return same
    absence = _append(person.id, kept, by_id=by.id, now=now)
    record("absence.recorded", by=by, subject=("person", person.id), now=now)
    return absence


def end_absence(person: Person, absence_id: int, *, is_admin: bool, by: Actor, now: datetime) -> None:
    """End an absence early. Raises NotFound for one whose cause the actor may not know, and Refusal where it is another's to end or over."""
    queries.lock_person(person.id)
    absence, cause = queries.absence_with_cause(person.id, absence_id)
    reader, kind = Reader(by.id == person.id, by.id == cause.recorded_by_id, is_admin), AbsenceKind(cause.kind)
    if not may_read_cause(kind, reader):
        raise NotFound(absence_id)
    if absence.over_at <= now:
        raise Refusal(AccountReason.ABSENCE_OVER)
    if not may_end(kind, reader):
        raise Refusal(AccountReason.ABSENCE_ENDED_BY_OTHERS)
    _end(absence, now)
    if not reader.is_self:
        record("absence.ended", by=by, subject=("person", person.id), now=now)


def _append(person_id: int, entry: AbsenceEntry, *, by_id: int, now: datetime) -> Absence:
    absence = Absence(
        person_id=person_id,
        effective_from=entry.since,
        effective_until=entry.until,
        recorded_at=now,
        over_at=over_at(entry.until, None),
    )
    db.session.add(absence)
    db.session.flush()
    db.session.add(AbsenceCause(absence_id=absence.id, kind=entry.kind.value, reason=entry.reason, recorded_by_id=by_id))
    db.session.flush()
    return absence


def _end(absence: Absence, now: datetime) -> None:
    absence.ended_at = now
    absence.over_at = over_at(absence.effective_until, now)
    db.session.flush()
