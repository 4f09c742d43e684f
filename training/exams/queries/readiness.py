"""How a person stands towards exams: what may be started, what is open, what came of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from training.certification import queries as certification
from training.certification.queries import PublishedCertification
from training.certification.rules import next_term
from training.exams.models import Attempt
from training.exams.queries.attempts import attempt_of, first_open_place
from training.exams.queries.bank import PublishedExam, exams
from training.exams.queries.candidacy import candidacy_of
from training.exams.queries.retaking import remedial_of
from training.exams.rules.candidacy import Candidacy
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
    return readiness_by(candidacy_of(person_id, now=now), exam, now=now)


def readiness_by(candidacy: Candidacy, exam: PublishedExam, *, now: datetime) -> Readiness:
    """The same by what is known of the person already."""
    held, window = certification.certification_by_slug(exam.document.certification), exam.document.announced_window
    if exam.document.delta is not None:
        found = _delta(candidacy, exam, held, now=now)
    elif exam.document.gating and held.document.needs.exam == exam.slug:
        found = _last_need(candidacy, exam, held, now=now)
    else:
        found = _apart(candidacy, exam, held, now=now)
    return replace(found, window_refusal=window.refusal(now)) if window else found


def _last_need(candidacy: Candidacy, exam: PublishedExam, held: PublishedCertification, *, now: datetime) -> Readiness:
    """An exam that gates can be started only when it would be the last need, and only while passing it would earn a term."""
    evidence, document, retests = candidacy.evidence, held.document, candidacy.evidence.open_retests(held.id)
    past = candidacy.past(held.slug, apart=document.needs.supporting_exams, taken_back=retests)
    allowed = candidacy.is_allowed(held.slug)
    standing = evidence.standing(held.id, at=now)
    window = timedelta(days=document.renewal_window_days)
    term = next_term(standing, held.term_rule, now=now)
    return Readiness(
        unmet=certification.unmet_by(evidence, held, now=now, leaving_out_exam=True),
        waits=waits(past, exam.document.retake_rule, now, is_allowed=allowed),
        remedial=None if retests else remedial_of(candidacy, exam),
        is_allowed=allowed,
        is_passed_already=exam.slug in evidence.unused_passes(held.id),
        is_held_already=term is None and not retests,
        is_retest_due=bool(retests),
        held_until=standing.until if term is None or standing.is_in_force else None,
        renewal_opens_at=standing.until - window if term is None and standing.until else None,
    )


def _apart(candidacy: Candidacy, exam: PublishedExam, held: PublishedCertification, *, now: datetime) -> Readiness:
    """An exam that stands apart is open to everybody, its attempts counted by themselves, and sat once where it supports a certificate."""
    is_supporting = exam.slug in held.document.needs.supporting_exams
    return Readiness(
        waits=waits(candidacy.past(held.slug, only=exam.slug), exam.document.retake_rule, now),
        remedial=remedial_of(candidacy, exam),
        is_passed_already=is_supporting and exam.slug in candidacy.evidence.unused_passes(held.id),
        is_being_marked=candidacy.is_being_marked(exam.slug),
    )


def _delta(candidacy: Candidacy, exam: PublishedExam, held: PublishedCertification, *, now: datetime) -> Readiness:
    """A delta is open to whoever holds the certificate, once for each version; its attempts are counted by themselves."""
    return Readiness(
        waits=waits(candidacy.past(held.slug, only=exam.slug), exam.document.retake_rule, now),
        remedial=remedial_of(candidacy, exam),
        is_not_held=not candidacy.evidence.standing(held.id, at=now).is_in_force,
        is_delta_passed=candidacy.has_passed(exam.version_id),
    )


def overviews(person_id: int, *, now: datetime) -> list[Overview]:
    """Every exam as this person finds it now, by title."""
    candidacy = candidacy_of(person_id, now=now)
    return [_overview(candidacy, exam, now=now) for exam in exams()]


def overview_of(person_id: int, exam: PublishedExam, *, now: datetime) -> Overview:
    """One exam as this person finds it now."""
    return _overview(candidacy_of(person_id, now=now), exam, now=now)


def _overview(candidacy: Candidacy, exam: PublishedExam, *, now: datetime) -> Overview:
    held, readiness = certification.certification_by_slug(exam.document.certification), readiness_by(candidacy, exam, now=now)
    known = candidacy.open_attempt(exam.document.certification)
    attempt = attempt_of(candidacy.person_id, known.public_id) if known else None
    if known is None or attempt is None or not attempt.is_open_at(now):
        return Overview(exam, held, readiness, None)
    if known.exam != exam.slug:
        return Overview(exam, held, readiness, None, other_running=attempt)
    return Overview(exam, held, readiness, attempt, first_open_place(attempt.id))
