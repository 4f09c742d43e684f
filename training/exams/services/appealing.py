"""Appealing against the marks of a written reply: somebody who has not marked it marks it once more, blind, and all its marks decide."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams.models import Attempt, MarkingTask, ReplyAppeal
from training.exams.queries.appeals import marked_replies, marked_since, next_ordinal
from training.exams.rules.appeals import AppealGround, appeal_refusal


def appeal(attempt: Attempt, position: int, *, reason: str, by: Actor, now: datetime) -> ReplyAppeal:
    """Ask for one more mark of this reply, on an attempt that the caller holds to finish. The first appeal about a reply stands: a second click gets it back.

    The result stands until the mark is given. Raises Refusal where nothing is marked there, not yet, or where it is too late.
    """
    reply = next((each for each in marked_replies(attempt) if each.position == position), None)
    if reply is not None and reply.appeal is not None:
        return reply.appeal
    refusal = appeal_refusal(AppealGround(marked_since(attempt), reply is not None), now=now)
    if refusal is not None:
        raise Refusal(refusal)
    assert reply is not None, "what is not marked is refused"
    place = {"attempt_id": attempt.id, "position": position, "text_hash": reply.text_hash}
    made = ReplyAppeal(**place, reason=reason, credit_before=reply.credit, appealed_at=now)
    db.session.add(made)
    db.session.flush()
    db.session.add(MarkingTask(**place, ordinal=next_ordinal(attempt.id, position, reply.text_hash), appeal_id=made.id, queued_at=now))
    db.session.flush()
    record("attempt.appealed", by=by, subject=("attempt", attempt.public_id), now=now, detail={"position": position})
    return made
