"""Starting an attempt: once, only when nothing stands in the way, with a form that is pinned."""

import secrets
from datetime import datetime

from training.accounts import queries as accounts
from training.actors import Actor
from training.audit.services import record
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, SequentialTry
from training.exams.queries import PublishedExam, SequentialStart
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.reasons import StartRefusal
from training.exams.rules.timing import Allowance, AttemptState, deadline
from training.exams.services.drafting import Draft, draft_for, prepared_draft
from training.exams.services.finishing import expire_if_due
from training.exams.services.pinning import pin_versions


def start_attempt(person_id: int, exam: PublishedExam, *, allow_public: bool, by: Actor, now: datetime) -> Attempt:
    """Start an attempt, or return the one that is open already: however often this is asked at once, one attempt is made.

    Raises Refusal where policy says no or where the bank cannot fill a form for this person; that costs no attempt.
    """
    certification.hold_person(person_id)
    running = _running(person_id, exam, by=by, now=now)
    if running is not None:
        return running
    _refuse_unready(person_id, exam, now=now)
    draft = prepared_draft(person_id, exam, allow_public=allow_public)
    draft = draft or draft_for(person_id, exam, allow_public=allow_public, seed=secrets.randbits(53), now=now)
    if draft is None:
        raise Refusal(StartRefusal.CANNOT_FILL)
    attempt = _add_attempt(person_id, exam, draft, now=now)
    pin_versions(attempt, draft.places)
    if not draft.is_prepared:
        queries.count_uses(exam.id, [version_id for version_id, _ in draft.places])
    if draft.sequence is not None:
        _spend(attempt, draft.sequence)
    record("attempt.started", by=by, subject=("attempt", attempt.public_id), now=now, detail=_detail(attempt, exam, draft))
    return attempt


def _refuse_unready(person_id: int, exam: PublishedExam, *, now: datetime) -> None:
    readiness = queries.readiness_of(person_id, exam, now=now)
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


def _running(person_id: int, exam: PublishedExam, *, by: Actor, now: datetime) -> Attempt | None:
    """The attempt that this person has open for the certification, unless its time is over."""
    running = queries.open_attempt_of(person_id, exam.document.certification)
    if running is None or expire_if_due(queries.attempt_to_write(person_id, running.public_id), by=by, now=now):
        return None
    if running.exam_version.exam_id != exam.id:
        raise Refusal(StartRefusal.OTHER_EXAM_OPEN, title=running.exam_version.title)
    return running


def _add_attempt(person_id: int, exam: PublishedExam, draft: Draft, *, now: datetime) -> Attempt:
    state = accounts.state_of(person_id, at=now)
    sequence = draft.sequence
    limit_seconds = exam.document.limit_seconds_of(sequence.plan.cap) if sequence else exam.document.limit_seconds
    allowance = Allowance(limit_seconds, state.time_multiplier, state.extra_break_seconds)
    attempt = Attempt(
        public_id=secrets.token_urlsafe(16),
        person_id=person_id,
        certification_slug=exam.document.certification,
        exam_version_id=exam.version_id,
        ordinal=queries.next_ordinal(person_id, exam.document.certification),
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
