"""Ask people to learn a change of policy, and note that they did."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import insert

from training.actors import Actor
from training.audit.services import record
from training.certification import queries
from training.certification.models import Obligation
from training.certification.rules.deltas import Delta, DeltaKind, is_passed, is_read
from training.certification.services.passed import ExamPassed
from training.courses.queries import acknowledged_versions, passed_checks
from training.db import db

TIME_TO_SIT_AGAIN = timedelta(days=14)
"""How long somebody has at least whose pass a ruling took back."""


def owe_delta(delta: Delta, due: Mapping[int, datetime], *, now: datetime) -> None:
    """Ask these people, by id, to learn a change, each by their own instant. Whoever is asked already is not asked again."""
    asked = queries.asked_for(delta.module, delta.version)
    rows = [_row(delta, person_id, due_at, now=now) for person_id, due_at in sorted(due.items()) if person_id not in asked]
    if rows:
        db.session.execute(insert(Obligation), rows)


def _row(delta: Delta, person_id: int, due_at: datetime, *, now: datetime) -> dict[str, object]:
    return {
        "person_id": person_id,
        "module_slug": delta.module,
        "module_version": str(delta.version),
        "areas": list(delta.areas),
        "kind": delta.kind.value,
        "check_slug": delta.check,
        "exams": [[slug, str(version)] for slug, version in delta.exams] or None,
        "effective_from": now,
        "due_at": due_at,
        "recorded_at": now,
    }


def settle_readings(person_id: int, *, by: Actor, now: datetime) -> bool:
    """Note which changes this person has learned by reading. Says whether any was met."""
    queries.hold_person(person_id)
    waiting = [owed for owed in queries.open_deltas(person_id) if owed.kind == DeltaKind.READING]
    if not waiting:
        return False
    read, checks = acknowledged_versions(person_id), passed_checks(person_id)
    met = [
        owed for owed in waiting if is_read(owed.delta, acknowledged=[entry.version for entry in read if entry.module_slug == owed.module_slug], checks=checks)
    ]
    for owed in met:
        _meet(owed, met_at=now, by=by, now=now)
    return bool(met)


def meet_by_exam(person_id: int, exam: ExamPassed, *, by: Actor, now: datetime) -> None:
    """Note which changes this person, who is held, has learned by passing an exam, from the end of their attempt on."""
    if exam.version is None:
        return
    for owed in queries.open_deltas(person_id):
        if is_passed(owed.delta, exam.exam_slug, exam.version):
            owed.met_by = exam.attempt
            _meet(owed, met_at=max(exam.finished_at, owed.effective_from), by=by, now=now)


def reopen_delta(person_id: int, attempt: str, *, by: Actor, now: datetime) -> None:
    """A ruling took back the pass that met a change: ask for it anew, with time to sit again. What was answered meanwhile stays what it was."""
    waiting = {owed.delta for owed in queries.open_deltas(person_id)}
    for owed in [each for each in queries.deltas_met_by(person_id, attempt) if each.delta not in waiting]:
        due_at = max(owed.due_at, now + TIME_TO_SIT_AGAIN)
        db.session.add(Obligation(**_row(owed.delta, person_id, due_at, now=now)))
        db.session.flush()
        record("delta.reopened", by=by, subject=("person", person_id), now=now, detail=_detail(owed))


def _meet(owed: Obligation, *, met_at: datetime, by: Actor, now: datetime) -> None:
    owed.met_at, owed.met_recorded_at = met_at, now
    db.session.flush()
    record("delta.met", by=by, subject=("person", owed.person_id), now=now, detail=_detail(owed))


def _detail(owed: Obligation) -> dict[str, object]:
    return {"module": owed.module_slug, "version": owed.module_version, "kind": owed.kind}
