"""Where a session stands: what a person sees of it beside each case."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from training.cases.rules import Surface
from training.db import db
from training.judgements.models import Judgement
from training.practice.models import PracticeSession, Serving
from training.practice.queries.checks import check_version
from training.practice.queries.sets import practice_set
from training.practice.rules import DAILY_MIX, Backlog, Purpose, PurposeKind, backlog, purpose_of


@dataclass(frozen=True, slots=True)
class Progress:
    """A session's purpose, and how far it is in the measure of that purpose."""

    purpose: Purpose
    title: str | None
    """Of a check or a trainer's set."""
    size: int | None
    """Cases that make it whole; None where it goes on for as long as one likes."""
    backlog: Backlog | None
    """The queue of a drill."""
    last: Judgement | None
    """The last answer, and where it is, of a drill, which shows the next case at once."""
    last_serving_id: int | None
    is_long_enough: bool
    """Whether a daily mix has taken its ten minutes."""


def progress_of(session: PracticeSession, *, now: datetime) -> Progress:
    """Where this session stands now."""
    purpose = purpose_of(session.scope)
    title, size = _whole(session, purpose)
    is_drill = purpose.kind is PurposeKind.DRILL
    last = _last(session) if is_drill else None
    return Progress(
        purpose=purpose,
        title=title,
        size=size,
        backlog=_backlog(session, Surface(purpose.names[0]), now=now) if is_drill else None,
        last=last[1] if last else None,
        last_serving_id=last[0] if last else None,
        is_long_enough=purpose.kind is PurposeKind.DAILY and now - session.started_at >= DAILY_MIX,
    )


def _whole(session: PracticeSession, purpose: Purpose) -> tuple[str | None, int | None]:
    if session.check_version_id is not None:
        version = check_version(session.check_version_id)
        return version.title, len(version.case_ids)
    if purpose.kind is PurposeKind.SET:
        given = practice_set(int(purpose.names[0]))
        return given.title, given.case_count
    return None, None


def _backlog(session: PracticeSession, surface: Surface, *, now: datetime) -> Backlog:
    done = (Serving.session_id == session.id) & (Serving.answered_at.is_not(None) | Serving.skipped_at.is_not(None))
    done_count = db.session.scalar(select(func.count()).select_from(Serving).where(done)) or 0
    return backlog(surface, started_at=session.started_at, done_count=done_count, now=now)


def _last(session: PracticeSession) -> tuple[int, Judgement] | None:
    question = select(Serving.id, Judgement).join(Judgement, Judgement.id == Serving.judgement_id).where(Serving.session_id == session.id)
    row = db.session.execute(question.order_by(Serving.position.desc()).limit(1)).one_or_none()
    return (row[0], row[1]) if row else None
