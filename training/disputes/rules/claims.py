"""Claiming that a reference or the key of a question is wrong: who may, for how long, and where a claim stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.disputes.rules.reviews import Outcome

TIME_TO_CLAIM = timedelta(days=14)
"""After the answer, or after the end of the attempt."""

SHORTEST_REASON, LONGEST_REASON = 10, 2_000
"""Letters."""
LONGEST_KEPT = 4_000
"""Of a claim about a question that was made in two parts, before and after another look at it."""


class ClaimRefusal(StrEnum):
    """Why a claim is not made, or not taken back."""

    NOT_ANSWERED = "claim_without_an_answer"
    TOO_LATE = "claim_too_late"
    CLAIMED_ALREADY = "claimed_already"
    CHANGED_SINCE = "claim_about_what_has_changed"
    SETTLED = "claim_about_what_is_settled"
    WITHDRAWN_ALREADY = "claim_withdrawn_already"
    DECIDED_ALREADY = "claim_decided_already"
    NOT_OVER = "claim_attempt_not_over"
    NO_SUCH_QUESTION = "claim_no_such_question"
    WRITTEN = "claim_about_a_written_reply"
    TYPED = "claim_about_a_typing_test"


class ClaimState(StrEnum):
    """Where a claim stands."""

    OPEN = "open"
    """Nobody has looked at the case yet."""
    UNDER_REVIEW = "under_review"
    UPHELD = "upheld"
    AMENDED = "amended"
    GREY = "grey"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a claim would be made about."""

    answered_at: datetime | None
    is_current: bool
    """Whether what the answer was scored by still counts: the case has that reference, or nobody has ruled on the question's key."""
    is_decided: bool
    """Whether that was disputed before, and the dispute decided."""
    has_claimed: bool
    """Whether this person has claimed about it before, on whatever answer."""


def may_claim_until(answered_at: datetime) -> datetime:
    """Until when what an answer was scored by can be disputed."""
    return answered_at + TIME_TO_CLAIM


def claim_refusal(ground: Ground, *, now: datetime) -> ClaimRefusal | None:
    """Why this person may not claim now, or nothing. Only who answered claims, once for each reference, and once it is decided nobody does."""
    if ground.answered_at is None:
        return ClaimRefusal.NOT_ANSWERED
    if ground.has_claimed:
        return ClaimRefusal.CLAIMED_ALREADY
    if ground.is_decided:
        return ClaimRefusal.SETTLED
    if not ground.is_current:
        return ClaimRefusal.CHANGED_SINCE
    return ClaimRefusal.TOO_LATE if now > may_claim_until(ground.answered_at) else None


def claim_state(*, is_withdrawn: bool, outcome: Outcome | None, review_count: int) -> ClaimState:
    """Where a claim stands. What was taken back stays so, whatever was decided for others."""
    if is_withdrawn:
        return ClaimState.WITHDRAWN
    if outcome is not None:
        return ClaimState(outcome.value)
    return ClaimState.UNDER_REVIEW if review_count else ClaimState.OPEN


def withdrawal_refusal(state: ClaimState) -> ClaimRefusal | None:
    """Why a claim that stands there cannot be taken back, or nothing."""
    if state is ClaimState.WITHDRAWN:
        return ClaimRefusal.WITHDRAWN_ALREADY
    return None if state in {ClaimState.OPEN, ClaimState.UNDER_REVIEW} else ClaimRefusal.DECIDED_ALREADY
