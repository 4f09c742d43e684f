"""Breaks that a candidate takes from the bank their accommodation gives. The deadline counted them in from the start, and stays."""

from datetime import datetime

from training.actors import SYSTEM, Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, TimeEvent
from training.exams.rules.reasons import SittingRefusal
from training.exams.rules.timing import TimeDeed
from training.exams.services.room import take_room


def start_break(attempt: Attempt, *, by: Actor, now: datetime) -> None:
    """Cover the questions of an attempt that the caller holds. Asked again, it changes nothing.

    Raises Refusal where the attempt does not run, nothing of the breaks is left, or it was begun and ended as often as an attempt keeps.
    """
    if not attempt.is_open_at(now) or now > attempt.deadline_at:
        raise Refusal(SittingRefusal.OVER)
    if attempt.paused_at is not None:
        raise Refusal(SittingRefusal.PAUSED)
    bank = queries.break_bank_of(attempt)
    if bank.is_on_break(now):
        return
    if bank.started_at is not None:
        end_break(attempt, by=by, now=now)
        bank = queries.break_bank_of(attempt)
    if not bank.left(now):
        raise Refusal(SittingRefusal.NO_BREAK_LEFT)
    if not take_room(attempt, by=by, now=now):
        raise Refusal(SittingRefusal.FULL)
    attempt.break_started_at = now
    _note(attempt, TimeDeed.BREAK_STARTED, by=by, at=now, now=now)


def end_break(attempt: Attempt, *, by: Actor, now: datetime) -> None:
    """End the break of an attempt that the caller holds, at the instant the bank was empty where that has passed. Without a break, nothing."""
    bank = queries.break_bank_of(attempt)
    if attempt.break_started_at is None or bank.ends_at is None:
        return
    at = min(now, bank.ends_at, attempt.deadline_at)
    attempt.break_started_at = None
    _note(attempt, TimeDeed.BREAK_ENDED, by=by if at == now else SYSTEM, at=at, now=now)


def _note(attempt: Attempt, deed: TimeDeed, *, by: Actor, at: datetime, now: datetime) -> None:
    reason = "Taken by the candidate" if deed is TimeDeed.BREAK_STARTED else "Ended by the candidate" if by.id is not None else "Ended by itself"
    db.session.add(TimeEvent(attempt_id=attempt.id, deed=deed.value, reason=reason, by_id=by.id, at=at, deadline_at=attempt.deadline_at))
    db.session.flush()
    record(f"attempt.{deed.value}", by=by, subject=("attempt", attempt.public_id), now=now, detail={"at": at.isoformat()})
