"""Sessions: opening, going on with, and ending one; putting one case before its person."""

from datetime import datetime

from training.cases.queries import PracticeCase, is_severe_family
from training.cases.rules import Difficulty
from training.db import db
from training.judgements.queries import has_answered
from training.practice import queries
from training.practice.models import PracticeSession, Serving
from training.practice.rules import SESSION_IDLE, Purpose, PurposeKind


def continued_session(person_id: int, purpose: Purpose, *, now: datetime) -> PracticeSession:
    """The open session of this purpose, unless it was left idle for too long; else a new one. A set is gone on with whenever."""
    session = queries.open_session(person_id, purpose.scope)
    if session is not None and purpose.kind is not PurposeKind.SET and _last_sign_of_life(session) + SESSION_IDLE < now:
        end_session(session, now=now)
        session = None
    return session or new_session(person_id, purpose, now=now)


def _last_sign_of_life(session: PracticeSession) -> datetime:
    last = queries.last_serving(session)
    moments = (last.served_at, last.answered_at, last.skipped_at) if last else ()
    return max((moment for moment in moments if moment), default=session.started_at)


def new_session(person_id: int, purpose: Purpose, *, now: datetime, check_version_id: int | None = None) -> PracticeSession:
    """Begin to practise for this purpose."""
    session = PracticeSession(person_id=person_id, scope=purpose.scope, check_version_id=check_version_id, started_at=now)
    db.session.add(session)
    db.session.flush()
    return session


def put_before(session: PracticeSession, case: PracticeCase, *, now: datetime, is_ahead: bool = False) -> Serving:
    """Put this case before the person whose session this is, or lay it ready for them."""
    serving = Serving(
        session_id=session.id,
        position=queries.last_position(session) + 1,
        person_id=session.person_id,
        case_id=case.case_id,
        case_version_id=case.case_version_id,
        reference_id=case.reference_id,
        is_repeat=has_answered(session.person_id, case.case_id),
        is_borderline=case.difficulty is Difficulty.BORDERLINE,
        is_severe=is_severe_family(case.family),
        is_ahead=is_ahead,
        served_at=now,
    )
    db.session.add(serving)
    db.session.flush()
    return serving


def begun(serving: Serving, *, now: datetime) -> Serving:
    """The same serving, shown: where it was laid ready, its time runs from now."""
    if serving.is_ahead:
        serving.is_ahead, serving.served_at = False, now
        db.session.flush()
    return serving


def end_session(session: PracticeSession, *, now: datetime) -> None:
    """Finish practising. A case that still waits is left unanswered, at no cost; what was only laid ready was never there."""
    queries.hold_practice_of(session.person_id)
    waiting = queries.open_serving(session)
    if waiting is not None and waiting.is_ahead:
        db.session.delete(waiting)
    elif waiting is not None:
        waiting.skipped_at = now
    session.ended_at = session.ended_at or now
    db.session.flush()
