"""Answers that arrived after the end: those that wait for a ruling, and what was ruled. Never what they say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from training.accounts import queries as accounts
from training.db import db
from training.exams.models import AnswerEvent, Attempt, LateRuling
from training.exams.rules.saving import SaveVerdict

AFTER_THE_END = (SaveVerdict.LATE.value, SaveVerdict.CLOSED.value)
_ARRIVED_LATE = AnswerEvent.verdict.in_(bindparam("after_the_end", AFTER_THE_END, expanding=True, literal_execute=True))
"""Written out in the statement, so that the index over such answers alone serves it."""
MOST = 100
"""Attempts of one page: the oldest wait first, and go when they are ruled on."""
_EPOCH_MILLISECONDS = 10**12
"""Windows number their answers by their clock; a lower number is a plain form's count."""


@dataclass(frozen=True, slots=True)
class LateAnswer:
    """One answer that arrived after the end, and the ruling about it."""

    event: AnswerEvent
    ruling: LateRuling | None

    @property
    def given_at(self) -> datetime | None:
        """When it was given by the browser's clock, which proves nothing; nothing where the browser did not say."""
        return datetime.fromtimestamp(self.event.sequence / 1000, UTC) if _EPOCH_MILLISECONDS < self.event.sequence < 4 * _EPOCH_MILLISECONDS else None


@dataclass(frozen=True, slots=True)
class LateAttempt:
    """One attempt with answers that wait for a ruling."""

    attempt: Attempt
    name: str
    waiting_count: int
    first_at: datetime
    last_at: datetime


def late_attempts() -> list[LateAttempt]:
    """Attempts with answers that wait, the longest waiting first."""
    waiting = _waiting().group_by(AnswerEvent.attempt_id).order_by(func.min(AnswerEvent.received_at), AnswerEvent.attempt_id).limit(MOST)
    rows = db.session.execute(
        waiting.with_only_columns(AnswerEvent.attempt_id, func.count(), func.min(AnswerEvent.received_at), func.max(AnswerEvent.received_at))
    ).all()
    found = db.session.scalars(select(Attempt).where(Attempt.id.in_([row[0] for row in rows])).options(joinedload(Attempt.exam_version)))
    attempts = {attempt.id: attempt for attempt in found}
    names = accounts.person_names({attempt.person_id for attempt in attempts.values()})
    return [LateAttempt(attempts[row[0]], names[attempts[row[0]].person_id], *row[1:]) for row in rows]


def late_count() -> int:
    """How many attempts have answers that wait."""
    waiting = _waiting().with_only_columns(AnswerEvent.attempt_id).distinct().subquery()
    return db.session.scalar(select(func.count()).select_from(waiting)) or 0


def late_answers_of(attempt_id: int) -> list[LateAnswer]:
    """The answers to this attempt that arrived after its end, in the order of its journal."""
    question = select(AnswerEvent, LateRuling).outerjoin(LateRuling, LateRuling.event_id == AnswerEvent.id)
    rows = db.session.execute(question.where(AnswerEvent.attempt_id == attempt_id, _ARRIVED_LATE))
    return sorted((LateAnswer(event, ruling) for event, ruling in rows), key=lambda each: (each.event.sequence, each.event.id))


def late_rulings_of(attempt_id: int) -> Sequence[LateRuling]:
    """What was ruled about this attempt's late answers, in order."""
    return db.session.scalars(select(LateRuling).where(LateRuling.attempt_id == attempt_id).order_by(LateRuling.id)).all()


def _waiting() -> Select[Any]:
    ruled = select(LateRuling.id).where(LateRuling.event_id == AnswerEvent.id)
    return select(AnswerEvent).where(_ARRIVED_LATE, ~ruled.exists())
