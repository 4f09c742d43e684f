"""What a trainer rules about the time of an attempt that runs: more of it, or that it stands still for a while.

The caller holds the attempt (`queries.attempt_to_supervise`). Nobody rules on their own.
"""

from datetime import datetime, timedelta

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Answer, Attempt, TimeEvent
from training.exams.rules.reasons import SupervisionRefusal
from training.exams.rules.saving import Saving, taken_up
from training.exams.rules.timing import TimeDeed, resumed_deadline
from training.exams.services.answering import make_current
from training.exams.services.breaks import end_break


def extend_attempt(attempt: Attempt, *, minutes: int, reason: str, by: Actor, now: datetime, seen: str = "") -> None:
    """Move the deadline by this many minutes.

    Raises Refusal where the attempt is over, or the trainer's own, and where the deadline is not the one that was `seen`, in ISO 8601: time is given once.
    """
    _refuse(attempt, by=by, now=now)
    if seen and seen != attempt.deadline_at.isoformat():
        raise Refusal(SupervisionRefusal.END_HAS_MOVED)
    attempt.deadline_at += timedelta(minutes=minutes)
    _note(attempt, TimeDeed.EXTENDED, reason=reason, by=by, now=now)
    _record("attempt.extended", attempt, reason=reason, by=by, now=now, minutes=minutes)


def pause_attempt(attempt: Attempt, *, reason: str, by: Actor, now: datetime) -> None:
    """Let an attempt's time stand still. Raises Refusal where it does already, its time is over, or it is the trainer's own."""
    _refuse(attempt, by=by, now=now)
    if attempt.paused_at is not None:
        raise Refusal(SupervisionRefusal.PAUSED_ALREADY)
    if now > attempt.deadline_at:
        raise Refusal(SupervisionRefusal.NOT_RUNNING)
    end_break(attempt, by=by, now=now)
    attempt.paused_at = now
    _note(attempt, TimeDeed.PAUSED, reason=reason, by=by, now=now)
    _record("attempt.paused", attempt, reason=reason, by=by, now=now)


def resume_attempt(attempt: Attempt, *, reason: str, by: Actor, now: datetime) -> None:
    """Let it go on: the deadline moves by exactly the time that it stood still, and what arrived meanwhile counts from now on."""
    _refuse(attempt, by=by, now=now)
    if attempt.paused_at is None:
        raise Refusal(SupervisionRefusal.NOT_PAUSED)
    paused_at, attempt.paused_at = attempt.paused_at, None
    attempt.deadline_at = resumed_deadline(attempt.deadline_at, paused_at, now)
    positions = _take_up(attempt, now=now)
    _note(attempt, TimeDeed.RESUMED, reason=reason, by=by, now=now)
    _record("attempt.resumed", attempt, reason=reason, by=by, now=now, paused_at=paused_at.isoformat(), taken_up=positions)


def _refuse(attempt: Attempt, *, by: Actor, now: datetime) -> None:
    if by.id == attempt.person_id:
        raise Refusal(SupervisionRefusal.OWN_ATTEMPT)
    if not attempt.is_open_at(now):
        raise Refusal(SupervisionRefusal.NOT_RUNNING)


def _take_up(attempt: Attempt, *, now: datetime) -> list[int]:
    """Make current what was kept during the pause; to which places."""
    newest = taken_up(queries.kept_while_paused(attempt.id))
    current = queries.answers_of(attempt.id)
    changed = [position for position, saving in newest.items() if not _is_outdated(saving, current.get(position))]
    for position in changed:
        saving = newest[position]
        make_current(attempt, saving, current.get(position), saved_at=now)
        attempt.writer_id = attempt.writer_id or saving.client_id
    db.session.flush()
    return sorted(changed)


def _is_outdated(saving: Saving, answer: Answer | None) -> bool:
    """Whether what stands is this very answer or a newer one of the same window.

    A newer one can have been saved while this one, sent before it, waited for the pause to be written: it judged
    itself against what stood when it arrived.
    """
    return answer is not None and answer.client_id == saving.client_id and answer.sequence >= saving.sequence


def _note(attempt: Attempt, deed: TimeDeed, *, reason: str, by: Actor, now: datetime) -> None:
    event = TimeEvent(attempt_id=attempt.id, deed=deed.value, reason=reason, by_id=by.id, at=now, deadline_at=attempt.deadline_at)
    db.session.add(event)
    db.session.flush()


def _record(deed: str, attempt: Attempt, *, reason: str, by: Actor, now: datetime, **more: object) -> None:
    detail = {"reason": reason, "deadline_at": attempt.deadline_at.isoformat(), **more}
    record(deed, by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
