"""Sessions: opening, going on with, and ending one; putting one case before its person."""

from dataclasses import dataclass
from datetime import datetime

from training.cases.queries import PracticeCase
from training.cases.rules import Difficulty
from training.db import db
from training.judgements.queries import has_answered
from training.practice import queries
from training.practice.models import PracticeSession, Serving, SevereExposure
from training.practice.rules import SESSION_IDLE, Purpose, PurposeKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is in a session: what was served in it last."""

    session: PracticeSession
    last: Serving | None

    @property
    def waiting(self) -> Serving | None:
        """The case that waits for an answer: no other is served while one does."""
        return self.last if self.last is not None and self.last.answered_at is None and self.last.skipped_at is None else None

    @property
    def served_count(self) -> int:
        """How many cases were served in it."""
        return self.last.position if self.last is not None else 0

    @property
    def last_sign_of_life(self) -> datetime:
        """When anything happened in it last."""
        moments = (self.last.served_at, self.last.answered_at, self.last.skipped_at) if self.last else ()
        return max((moment for moment in moments if moment), default=self.session.started_at)


def place_in(session: PracticeSession) -> Place:
    """Where its person is in this session."""
    return Place(session, queries.last_serving(session))


def continued(person_id: int, purpose: Purpose, *, now: datetime) -> Place:
    """Where the person is in the open session of this purpose, unless it was left idle for too long; else in a new one. A set is gone on with whenever."""
    session = queries.open_session(person_id, purpose.scope)
    if session is None:
        return Place(new_session(person_id, purpose, now=now), None)
    place = place_in(session)
    if purpose.kind is PurposeKind.SET or place.last_sign_of_life + SESSION_IDLE >= now:
        return place
    end_session(session, now=now)
    return Place(new_session(person_id, purpose, now=now), None)


def new_session(person_id: int, purpose: Purpose, *, now: datetime, check_version_id: int | None = None) -> PracticeSession:
    """Begin to practise for this purpose."""
    session = PracticeSession(person_id=person_id, scope=purpose.scope, check_version_id=check_version_id, started_at=now)
    db.session.add(session)
    db.session.flush()
    return session


def put_before(place: Place, case: PracticeCase, *, now: datetime, is_ahead: bool = False) -> Serving:
    """Put this case before the person whose session this is, or lay it ready for them."""
    serving = Serving(
        session_id=place.session.id,
        position=place.served_count + 1,
        person_id=place.session.person_id,
        case_id=case.case_id,
        case_version_id=case.case_version_id,
        reference_id=case.reference_id,
        is_repeat=has_answered(place.session.person_id, case.case_id),
        is_borderline=case.difficulty is Difficulty.BORDERLINE,
        is_severe=case.is_severe,
        is_ahead=is_ahead,
        served_at=now,
    )
    db.session.add(serving)
    db.session.flush()
    if not is_ahead:
        expose(serving, now=now)
    return serving


def expose(serving: Serving, *, now: datetime) -> None:
    """Write down that a severe case is shown to its person; of every other nothing."""
    if serving.is_severe:
        db.session.add(SevereExposure(person_id=serving.person_id, serving_id=serving.id, shown_at=now))
        db.session.flush()


def begun(serving: Serving, *, now: datetime) -> Serving:
    """The same serving, shown: where it was laid ready, its time runs from now."""
    if serving.is_ahead:
        serving.is_ahead, serving.served_at = False, now
        expose(serving, now=now)
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
