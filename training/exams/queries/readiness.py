"""How a person stands towards exams: what may be started, what is open, what came of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.rules import next_term
from training.exams.models import Attempt
from training.exams.queries.attempts import first_open_place, open_attempt_of, past_attempts, waits_for_marking
from training.exams.queries.bank import PublishedExam, exams
from training.exams.queries.retaking import is_allowed, remedial_of
from training.exams.rules.readiness import Readiness
from training.exams.rules.retakes import waits


@dataclass(frozen=True, slots=True)
class Overview:
    """One exam as one person finds it."""

    exam: PublishedExam
    certification: PublishedCertification
    readiness: Readiness
    running: Attempt | None
    """Their attempt at this exam that is open."""
    resume_at: int = 1
    """The first place without an answer of the attempt that is running."""
    other_running: Attempt | None = None
    """Their attempt at another exam for the same certificate: until it is finished no other is started for it."""


def readiness_of(person_id: int, exam: PublishedExam, *, now: datetime) -> Readiness:
    """What stands between this person and a start of this exam now: what they lack, what they wait for, and the window that was announced."""
    found, window = _readiness_of(person_id, exam, now=now), exam.document.announced_window
    return replace(found, window_refusal=window.refusal(now)) if window else found


def _readiness_of(person_id: int, exam: PublishedExam, *, now: datetime) -> Readiness:
    """The same without the window.

    An exam that gates can be started only when it would be the last need, and only while passing it would earn a term.
    """
    held = certification.certification_by_slug(exam.document.certification)
    if not exam.document.gating or held.document.needs.exam != exam.slug:
        return _readiness_apart(person_id, exam, held, now=now)
    retests = {flag.attempt for flag in certification.open_retests(person_id, held.id)}
    past = past_attempts(person_id, held.slug, apart=held.document.needs.supporting_exams, taken_back=retests)
    allowed = is_allowed(person_id, held.slug)
    standing = certification.standing_of(person_id, held.id, at=now)
    window = timedelta(days=held.document.renewal_window_days)
    term = next_term(standing, now=now, validity_days=held.document.validity_days, renewal_window_days=held.document.renewal_window_days)
    return Readiness(
        unmet=certification.unmet_needs(person_id, held, now=now, leaving_out_exam=True),
        waits=waits(past, exam.document.retake_rule, now, is_allowed=allowed),
        remedial=None if retests else remedial_of(person_id, exam),
        is_allowed=allowed,
        is_passed_already=certification.unused_pass(person_id, held) is not None,
        is_held_already=term is None and not retests,
        is_retest_due=bool(retests),
        held_until=standing.until if term is None or standing.is_in_force else None,
        renewal_opens_at=standing.until - window if term is None and standing.until else None,
    )


def _readiness_apart(person_id: int, exam: PublishedExam, held: PublishedCertification, *, now: datetime) -> Readiness:
    """The same for an exam that stands apart: open to everybody, its attempts counted by themselves, and sat once where it supports a certificate."""
    is_supporting = exam.slug in held.document.needs.supporting_exams
    return Readiness(
        waits=waits(past_attempts(person_id, held.slug, only=exam.slug), exam.document.retake_rule, now),
        remedial=remedial_of(person_id, exam),
        is_passed_already=is_supporting and exam.slug in certification.unused_passes(person_id, held),
        is_being_marked=waits_for_marking(person_id, exam.id),
    )


def overviews(person_id: int, *, now: datetime) -> list[Overview]:
    """Every exam as this person finds it now, by title."""
    return [overview_of(person_id, exam, now=now) for exam in exams()]


def overview_of(person_id: int, exam: PublishedExam, *, now: datetime) -> Overview:
    """One exam as this person finds it now."""
    held, readiness = certification.certification_by_slug(exam.document.certification), readiness_of(person_id, exam, now=now)
    attempt = open_attempt_of(person_id, exam.document.certification)
    if attempt is None or not attempt.is_open_at(now):
        return Overview(exam, held, readiness, None)
    if attempt.exam_version.exam_id != exam.id:
        return Overview(exam, held, readiness, None, other_running=attempt)
    return Overview(exam, held, readiness, attempt, first_open_place(attempt.id))
