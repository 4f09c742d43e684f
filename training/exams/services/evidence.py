"""What arrives for an attempt and cannot be an answer: that it came is kept, by size and hash; its text is not."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.actors import Actor
from training.audit.services import record
from training.exams import queries
from training.exams.services.room import take_room


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
    """Tell the audit. Nothing is noted of attempts that do not exist, for they could be made up without end, nor of one's own that is full."""
    owner_id = queries.owner_of(public_id)
    if owner_id is None:
        return
    is_foreign = owner_id != by.id
    if not is_foreign and not take_room(queries.attempt_to_write(owner_id, public_id), by=by, now=now):
        return
    detail = {"fault": (AnswerFault.FOREIGN if is_foreign else arrived.fault).value, "bytes": arrived.byte_count, "sha256": arrived.sha256}
    record("attempt.answer_refused", by=by, subject=("attempt", public_id), now=now, detail=detail | {"position": arrived.position})
