"""Starting an attempt: once, only when nothing stands in the way, with a form that is pinned."""

import secrets
from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, SequentialTry
from training.exams.queries import PublishedExam, SequentialStart
from training.exams.rules.candidacy import Candidacy
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.reasons import StartRefusal
from training.exams.rules.timing import Allowance, AttemptState, deadline
from training.exams.services.drafting import Draft, draft_for, prepared_draft, sitter_of
from training.exams.services.finishing import expire_if_due
from training.exams.services.pinning import pin_versions
from training.exams.services.preparing import release_form


def start_attempt(person_id: int, exam: PublishedExam, *, allow_public: bool, by: Actor, now: datetime) -> Attempt:
    """Start an attempt, or return the one that is open already: however often this is asked at once, one attempt is made.

    Raises Refusal where policy says no or where the bank cannot fill a form for this person; that costs no attempt.
    """
    certification.hold_person(person_id)
    candidacy = queries.candidacy_of(person_id, now=now)
    if candidacy.open_attempt(exam.document.certification) is not None:
        running = _running(candidacy, exam, by=by, now=now)
        if running is not None:
            return running
        candidacy = queries.candidacy_of(person_id, now=now)
    _refuse_unready(candidacy, exam, now=now)
    sitter = sitter_of(candidacy, exam, allow_public=allow_public, now=now)
    draft = prepared_draft(sitter) or draft_for(sitter, seed=secrets.randbits(53), now=now)
    if draft is None:
        raise Refusal(StartRefusal.CANNOT_FILL)
    attempt = _add_attempt(candidacy, exam, draft, now=now)
    pin_versions(attempt, draft.places)
    if not draft.is_prepared:
        queries.note_uses(exam.id, [version_id for version_id, _ in draft.places], is_new_form=True)
        if sitter.found.prepared is not None:
            release_form(exam, person_id, now=now)
    if draft.sequence is not None:
        _spend(attempt, draft.sequence)
    record("attempt.started", by=by, subject=("attempt", attempt.public_id), now=now, detail=_detail(attempt, exam, draft))
    return attempt


def _refuse_unready(candidacy: Candidacy, exam: PublishedExam, *, now: datetime) -> None:
    readiness = queries.readiness_by(candidacy, exam, now=now)
    match readiness.refusal:
        case None:
            return
        case StartRefusal.RETAKE_WAITS:
            raise Refusal(StartRefusal.RETAKE_WAITS, opens_at=readiness.opens_at)
        case StartRefusal.REMEDIAL_DUE if readiness.remedial is not None:
            raise Refusal(StartRefusal.REMEDIAL_DUE, done=readiness.remedial.done, needed=readiness.remedial.needed)
        case StartRefusal.NEEDS_UNMET:
            raise Refusal(StartRefusal.NEEDS_UNMET, count=len(readiness.unmet))
        case refusal:
            raise Refusal(refusal, until=readiness.held_until)


def _running(candidacy: Candidacy, exam: PublishedExam, *, by: Actor, now: datetime) -> Attempt | None:
    """The attempt that this person has open for the certification, unless its time is over."""
    known = candidacy.open_attempt(exam.document.certification)
    assert known is not None, "the caller has seen it"
    running = queries.attempt_to_write(candidacy.person_id, known.public_id)
    if expire_if_due(running, by=by, now=now):
        return None
    if known.exam != exam.slug:
        raise Refusal(StartRefusal.OTHER_EXAM_OPEN, title=running.exam_version.title)
    return running


def _add_attempt(candidacy: Candidacy, exam: PublishedExam, draft: Draft, *, now: datetime) -> Attempt:
    state = candidacy.evidence.state
    sequence = draft.sequence
    limit_seconds = exam.document.limit_seconds_of(sequence.plan.cap) if sequence else exam.document.limit_seconds
    allowance = Allowance(limit_seconds, state.time_multiplier, state.extra_break_seconds)
    attempt = Attempt(
        public_id=secrets.token_urlsafe(16),
        person_id=candidacy.person_id,
        certification_slug=exam.document.certification,
        exam_version_id=exam.version_id,
        ordinal=candidacy.next_ordinal(exam.document.certification),
        mode=(AttemptMode.SEQUENTIAL if sequence else AttemptMode.FIXED).value,
        state=AttemptState.OPEN.value,
        started_at=now,
        deadline_at=deadline(now, allowance),
        limit_seconds=allowance.limit_seconds,
        time_multiplier=allowance.time_multiplier,
        extra_break_seconds=allowance.extra_break_seconds,
        seed=draft.seed,
        pool_hash=draft.pool_hash,
        draw_version=draft.draw_version,
        cap_note=draft.cap_note,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


def _spend(attempt: Attempt, sequence: SequentialStart) -> None:
    """Write down what this try spends of its term's chance of a false pass: from its start on, whatever becomes of it."""
    offer = sequence.offer
    db.session.add(
        SequentialTry(
            attempt_id=attempt.id,
            person_id=attempt.person_id,
            certification_slug=attempt.certification_slug,
            term=offer.term,
            number=offer.number,
            alpha=offer.plan.alpha,
            cap=sequence.plan.cap,
        )
    )
    db.session.flush()


def _detail(attempt: Attempt, exam: PublishedExam, draft: Draft) -> dict[str, object]:
    return {
        "exam": exam.slug,
        "version": exam.number,
        "ordinal": attempt.ordinal,
        "deadline_at": attempt.deadline_at.isoformat(),
        "pool_hash": attempt.pool_hash,
        "cap_note": attempt.cap_note,
        "shared_items": draft.shared_count,
        "recent_families": draft.recent_count,
        "prepared": draft.is_prepared,
        "mode": attempt.mode,
    }
