"""Attempts as those who supervise them see them: who sits, until when, and what was ruled about the time. Never what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from training.accounts import queries as accounts
from training.db import db
from training.errors import NotFound
from training.exams.models import Answer, AnswerEvent, Attempt, ExamVersion, TimeEvent
from training.exams.rules.breaks import BreakBank, taken_in
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.rules.timing import GRACE, AttemptState, TimeDeed

PAGE_SIZE = 50
BREAKS = (TimeDeed.BREAK_STARTED.value, TimeDeed.BREAK_ENDED.value)


@dataclass(frozen=True, slots=True)
class RunningAttempt:
    """One attempt that is being sat."""

    attempt: Attempt
    name: str
    answered_count: int
    last_received_at: datetime | None
    """When anything arrived from its windows last."""


def running_attempts(
    *, exam_id: int | None, after: tuple[datetime, int] | None, now: datetime, among: ColumnElement[bool] | None = None
) -> list[RunningAttempt]:
    """Attempts that are open now, all or those `among` which somebody looks, the earliest deadline first; one more than a page where there are more."""
    question = select(Attempt).where(_is_running(now)).order_by(Attempt.deadline_at, Attempt.id).limit(PAGE_SIZE + 1)
    if exam_id is not None:
        question = question.join(ExamVersion, ExamVersion.id == Attempt.exam_version_id).where(ExamVersion.exam_id == exam_id)
    if among is not None:
        question = question.where(among)
    if after is not None:
        question = question.where(or_(Attempt.deadline_at > after[0], (Attempt.deadline_at == after[0]) & (Attempt.id > after[1])))
    found = db.session.scalars(question.options(joinedload(Attempt.exam_version))).all()
    return supervised(found)


def supervised(attempts: Sequence[Attempt]) -> list[RunningAttempt]:
    """These attempts with who sits them and how far they are."""
    ids = [attempt.id for attempt in attempts]
    names = accounts.person_names({attempt.person_id for attempt in attempts})
    counted = db.session.execute(select(Answer.attempt_id, func.count()).where(Answer.attempt_id.in_(ids)).group_by(Answer.attempt_id))
    counts: dict[int, int] = {row[0]: row[1] for row in counted}
    arrived = select(AnswerEvent.attempt_id, func.max(AnswerEvent.received_at)).where(AnswerEvent.attempt_id.in_(ids)).group_by(AnswerEvent.attempt_id)
    heard: dict[int, datetime] = {row[0]: row[1] for row in db.session.execute(arrived)}
    return [RunningAttempt(attempt, names[attempt.person_id], counts.get(attempt.id, 0), heard.get(attempt.id)) for attempt in attempts]


def paused_count() -> int:
    """How many attempts stand still until somebody lets them go on."""
    question = select(func.count()).select_from(Attempt).where(Attempt.state == AttemptState.OPEN.value, Attempt.paused_at.is_not(None))
    return db.session.scalar(question) or 0


def _is_running(now: datetime) -> ColumnElement[bool]:
    return (Attempt.state == AttemptState.OPEN.value) & (Attempt.paused_at.is_not(None) | (Attempt.deadline_at >= now - GRACE))


def any_attempt(public_id: str) -> Attempt:
    """The attempt, whoever sits it; for those who supervise. Raises NotFound."""
    found = db.session.scalar(select(Attempt).where(Attempt.public_id == public_id).options(joinedload(Attempt.exam_version)))
    if found is None:
        raise NotFound(public_id)
    return found


def attempt_to_supervise(public_id: str) -> Attempt:
    """The attempt, held until the transaction ends: nobody saves, ends or supervises it meanwhile. Raises NotFound."""
    question = select(Attempt).where(Attempt.public_id == public_id).with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(question)
    if found is None:
        raise NotFound(public_id)
    return found


def time_events_of(attempt_id: int) -> Sequence[TimeEvent]:
    """What was done about an attempt's time, in order."""
    return db.session.scalars(select(TimeEvent).where(TimeEvent.attempt_id == attempt_id).order_by(TimeEvent.id)).all()


def break_bank_of(attempt: Attempt) -> BreakBank:
    """How an attempt's breaks stand. Where none were granted nothing is asked."""
    if not attempt.extra_break_seconds:
        return BreakBank(0)
    question = select(TimeEvent.deed, TimeEvent.at).where(TimeEvent.attempt_id == attempt.id, TimeEvent.deed.in_(BREAKS)).order_by(TimeEvent.id)
    deeds = [(TimeDeed(deed), at) for deed, at in db.session.execute(question)]
    return BreakBank(attempt.extra_break_seconds, taken_in(deeds), attempt.break_started_at)


def kept_while_paused(attempt_id: int) -> list[Saving]:
    """The answers that arrived during a pause and that no saved answer to their place has followed, in the order of their arrival."""
    later = aliased(AnswerEvent)
    followed = select(later.id).where(
        later.attempt_id == AnswerEvent.attempt_id,
        later.position == AnswerEvent.position,
        later.verdict == SaveVerdict.SAVED.value,
        later.id > AnswerEvent.id,
    )
    question = select(AnswerEvent).where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.verdict == SaveVerdict.PAUSED.value, ~followed.exists())
    found = db.session.scalars(question.order_by(AnswerEvent.id))
    return [Saving(event.position, event.client_id, event.sequence, event.response, event.is_flagged) for event in found]


def verdict_counts(attempt_id: int) -> dict[SaveVerdict, int]:
    """How many answers arrived with each verdict."""
    question = select(AnswerEvent.verdict, func.count()).where(AnswerEvent.attempt_id == attempt_id).group_by(AnswerEvent.verdict)
    return {SaveVerdict(verdict): count for verdict, count in db.session.execute(question)}
