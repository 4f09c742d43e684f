"""Allowing somebody one more attempt than the retake rule gives."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import AttemptAllowance
from training.exams.queries import PublishedExam
from training.exams.rules.reasons import AllowanceRefusal
from training.exams.rules.retakes import RetakeReason


def allow_again(person_id: int, exam: PublishedExam, *, reason: str, by: Actor, now: datetime) -> AttemptAllowance:
    """Let this person start one attempt more, once; the pause after their last attempt stays.

    Raises Refusal for oneself, where the attempts are not used up, and where one is allowed already.
    """
    if by.id == person_id or by.id is None:
        raise Refusal(AllowanceRefusal.NOBODY_FOR_THEMSELVES)
    certification.hold_person(person_id)
    slug = exam.document.certification
    candidacy = queries.candidacy_of(person_id, now=now)
    readiness = queries.readiness_by(candidacy, exam, now=now)
    if readiness.is_allowed:
        raise Refusal(AllowanceRefusal.ALLOWED_ALREADY)
    if all(wait.reason is not RetakeReason.ATTEMPTS_USED for wait in readiness.waits):
        raise Refusal(AllowanceRefusal.NOTHING_USED_UP)
    allowance = AttemptAllowance(
        person_id=person_id,
        certification_slug=slug,
        exam_slug=exam.slug,
        ordinal=candidacy.next_ordinal(slug),
        reason=reason,
        granted_by_id=by.id,
        granted_at=now,
    )
    db.session.add(allowance)
    db.session.flush()
    detail = {"exam": exam.slug, "ordinal": allowance.ordinal, "reason": reason}
    record("attempt.allowed_again", by=by, subject=("person", person_id), now=now, detail=detail)
    return allowance
