"""Ending an attempt: by submission or by its deadline, once, and graded in the same transaction."""

from datetime import datetime

from training.actors import SYSTEM, Actor
from training.audit.services import record
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt
from training.exams.rules.reasons import SittingRefusal
from training.exams.rules.runs import RunReason
from training.exams.rules.timing import AttemptState, finish, state_at
from training.exams.services.breaks import end_break
from training.exams.services.grading import grade_attempt


def submit_attempt(attempt: Attempt, *, client_id: str, by: Actor, now: datetime) -> Attempt:
    """End an attempt that the caller holds (`queries.attempt_to_finish`), and grade it. Asked again, it changes nothing.

    Raises Refusal where another window is writing: what that window has not sent yet would be lost.
    """
    if attempt.state != AttemptState.OPEN or expire_if_due(attempt, by=by, now=now):
        return attempt
    if attempt.writer_id not in (None, client_id):
        raise Refusal(SittingRefusal.WRITTEN_ELSEWHERE)
    if attempt.paused_at is not None:
        raise Refusal(SittingRefusal.PAUSED)
    end_attempt(attempt, by=by, now=now)
    return attempt


def end_attempt(attempt: Attempt, *, by: Actor, now: datetime) -> None:
    """Close a running attempt that the caller holds, and grade it: the candidate says so, or the rule of a sequential one."""
    _close(attempt, AttemptState.SUBMITTED, by=by, now=now)
    record("attempt.submitted", by=by, subject=("attempt", attempt.public_id), now=now)
    grade_attempt(attempt, reason=RunReason.SUBMITTED, by=by, now=now)


def expire_if_due(attempt: Attempt, *, by: Actor, now: datetime) -> bool:
    """End and grade an attempt whose time is over. Says whether it is expired. The recorded finish is the deadline."""
    if state_at(AttemptState(attempt.state), attempt.deadline_at, now, paused_at=attempt.paused_at) is not AttemptState.EXPIRED:
        return False
    if attempt.state == AttemptState.OPEN:
        _close(attempt, AttemptState.EXPIRED, by=by, now=now)
        record("attempt.expired", by=by, subject=("attempt", attempt.public_id), now=now)
        grade_attempt(attempt, reason=RunReason.EXPIRED, by=by, now=now)
    return True


def sweep_expired(now: datetime) -> int:
    """End open attempts whose time is over, as many as one transaction should; how many there were."""
    due = [(attempt.person_id, attempt.public_id) for attempt in queries.attempts_due(now)]
    for person_id, public_id in due:
        expire_if_due(queries.attempt_to_finish(person_id, public_id), by=SYSTEM, now=now)
    return len(due)


def _close(attempt: Attempt, state: AttemptState, *, by: Actor, now: datetime) -> None:
    end_break(attempt, by=by, now=now)
    attempt.state = state.value
    attempt.finished_at = finish(attempt.deadline_at, now)
