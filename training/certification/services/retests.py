"""Ask for a re-test where a ruling took a pass back, and note what became of it."""

from datetime import datetime

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.certification import queries
from training.certification.models import RetestFlag
from training.certification.queries import PublishedCertification
from training.certification.rules import RetestDeed
from training.certification.services.passed import ExamPassed
from training.db import db


def flag_retest(person_id: int, certification: PublishedCertification, exam: ExamPassed, *, reason: str, by: Actor, now: datetime) -> bool:
    """A ruling took a pass back: ask for a short re-test where a certificate or an open consideration rests on the pass. Says whether one does.

    No certificate is touched: what was awarded stays in force until it ends or a person decides otherwise.
    """
    queries.hold_person(person_id)
    if any(flag.attempt == exam.attempt for flag in queries.open_retests(person_id, certification.id)):
        return True
    if exam.attempt not in queries.rested_on([(person_id, exam.attempt)], now=now):
        return False
    flag = RetestFlag(person_id=person_id, exam_slug=exam.exam_slug, attempt=exam.attempt, deed=RetestDeed.RAISED.value, reason=reason)
    _append_flag(flag, certification, by=by, now=now)
    return True


def lift_retest(person_id: int, certification: PublishedCertification, attempt: str, *, reason: str, by: Actor, now: datetime) -> bool:
    """A later ruling gave a pass back: no re-test is needed. Says whether one was due."""
    queries.hold_person(person_id)
    due = [flag for flag in queries.open_retests(person_id, certification.id) if flag.attempt == attempt]
    for flag in due:
        lifted = RetestFlag(person_id=person_id, exam_slug=flag.exam_slug, attempt=attempt, deed=RetestDeed.LIFTED.value, reason=reason)
        _append_flag(lifted, certification, by=by, now=now)
    return bool(due)


def meet_retests(person_id: int, certification: PublishedCertification, exam: ExamPassed, *, stands_in: bool, by: Actor, now: datetime) -> None:
    """Note every re-test that this pass meets; where it `stands_in`, it earns no term of its own."""
    for flag in queries.open_retests(person_id, certification.id):
        if flag.exam_slug == exam.exam_slug and exam.finished_at > flag.recorded_at:
            met = RetestFlag(person_id=person_id, exam_slug=flag.exam_slug, attempt=flag.attempt, deed=RetestDeed.MET.value, reason="The re-test was passed.")
            met.replaced_by = exam.attempt if stands_in else None
            _append_flag(met, certification, by=by, now=now)


def _append_flag(flag: RetestFlag, certification: PublishedCertification, *, by: Actor, now: datetime) -> None:
    flag.certification_id = certification.id
    flag.actor_id = by.id if by.kind is ActorKind.PERSON else None
    flag.recorded_at = now
    db.session.add(flag)
    db.session.flush()
    detail = {"certification": certification.slug, "exam": flag.exam_slug, "attempt": flag.attempt, "reason": flag.reason}
    record(f"retest.{flag.deed}", by=by, subject=("person", flag.person_id), now=now, detail=detail)
