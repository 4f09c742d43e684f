"""Closing the review of an attempt: a person says what they found. It changes no score and no certificate."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, SignalReview
from training.exams.rules.integrity.kinds import ReviewOutcome, ReviewRefusal


def close_review(attempt: Attempt, outcome: ReviewOutcome, *, note: str, by: Actor, now: datetime) -> SignalReview:
    """Say what was found about a finished attempt that the caller holds. Raises Refusal where it is one's own, or not over and counted yet."""
    if by.id is None or by.id == attempt.person_id:
        raise Refusal(ReviewRefusal.OWN_ATTEMPT)
    tally = queries.tally_of(attempt.id)
    if tally is None:
        raise Refusal(ReviewRefusal.NOT_OVER)
    review = SignalReview(attempt_id=attempt.id, outcome=outcome.value, note=note, by_id=by.id, at=now)
    db.session.add(review)
    tally.outcome, tally.is_waiting = outcome.value, False
    db.session.flush()
    record("attempt.signals_reviewed", by=by, subject=("attempt", attempt.public_id), now=now, detail={"outcome": outcome.value, "review": review.id})
    return review
