"""What arrives for an attempt and cannot be an answer: that it came is kept, by size and hash; its text is not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.actors import Actor
from training.audit.queries import times_noted
from training.audit.services import record
from training.exams import queries
from training.exams.services.room import take_room

REFUSED = "attempt.answer_refused"
MOST_FOREIGN = 100
"""How much the audit keeps of what one person sends for somebody else's attempt: what comes after it says nothing new."""


class AnswerFault(StrEnum):
    """Why something that was sent as an answer is none."""

    TOO_LARGE = "answer_too_large"
    UNREADABLE = "answer_unreadable"
    FOREIGN = "answer_for_another_attempt"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What was sent: how large it is, its SHA-256 where it was read at all, and for which place."""

    fault: AnswerFault
    byte_count: int
    sha256: str | None
    position: int | None = None


def note_arrival(public_id: str, arrived: Arrived, *, by: Actor, now: datetime) -> None:
    """Tell the audit. Nothing is noted of attempts that do not exist, for they could be made up without end, nor of one's own that is full, nor endlessly."""
    owner_id = queries.owner_of(public_id)
    if owner_id is None:
        return
    is_foreign = owner_id != by.id
    has_room = _is_foreign_noted(public_id, by) if is_foreign else take_room(queries.attempt_to_write(owner_id, public_id), by=by, now=now)
    if not has_room:
        return
    detail = {"fault": (AnswerFault.FOREIGN if is_foreign else arrived.fault).value, "bytes": arrived.byte_count, "sha256": arrived.sha256}
    record(REFUSED, by=by, subject=("attempt", public_id), now=now, detail=detail | {"position": arrived.position})


def _is_foreign_noted(public_id: str, by: Actor) -> bool:
    return by.id is None or times_noted(REFUSED, actor_id=by.id, kind="attempt", identity=public_id, most=MOST_FOREIGN) < MOST_FOREIGN
