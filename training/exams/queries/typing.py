"""Typing tests as they arrived: when each was begun, and how long it lasted by the server's clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from training.db import db
from training.exams.models import AnswerEvent, Attempt
from training.exams.queries.signals import rests_of
from training.exams.rules.saving import SaveVerdict
from training.exams.rules.typing_test import Typing

COUNTED = (SaveVerdict.SAVED.value, SaveVerdict.STALE.value, SaveVerdict.PAUSED.value)


def first_typing(public_id: str, position: int) -> Typing | None:
    """What was sent first of the typing test at this place; nothing before it was begun."""
    own = _arrived().where(Attempt.public_id == public_id, AnswerEvent.position == position)
    for client_id, number, response, received_at in db.session.execute(own.order_by(AnswerEvent.id)):
        if response:
            return Typing(client_id, number, float(response["seconds"]), received_at)
    return None


def _arrived() -> Select[str, int, dict[str, Any], datetime]:
    columns = (AnswerEvent.client_id, AnswerEvent.sequence, AnswerEvent.response, AnswerEvent.received_at)
    return select(*columns).join(Attempt, Attempt.id == AnswerEvent.attempt_id).where(AnswerEvent.verdict.in_(COUNTED))


def rested_between(public_id: str, since: datetime, until: datetime) -> timedelta:
    """For how long of this time an attempt was paused or on a break."""
    attempt = db.session.scalar(select(Attempt).where(Attempt.public_id == public_id))
    if attempt is None:
        return timedelta()
    spans = [(max(rest.since, since), min(rest.until or until, until)) for rest in rests_of(attempt)]
    return sum((end - begin for begin, end in spans if end > begin), timedelta())


def typing_seconds(attempt_id: int, positions: Sequence[int]) -> dict[int, float]:
    """How long each typing test lasted by the server's clock: from the save that began it to the save that counts."""
    if not positions:
        return {}
    rows = db.session.execute(
        select(AnswerEvent.position, AnswerEvent.response, AnswerEvent.received_at)
        .where(AnswerEvent.attempt_id == attempt_id, AnswerEvent.position.in_(positions), AnswerEvent.verdict.in_(COUNTED))
        .order_by(AnswerEvent.received_at, AnswerEvent.id)
    )
    began: dict[int, datetime] = {}
    seen: dict[int, float] = {}
    for position, response, received_at in rows:
        if response:
            began.setdefault(position, received_at)
            seen[position] = (received_at - began[position]).total_seconds()
    return seen
