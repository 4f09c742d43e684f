"""A candidate's doubt about a question: who may do what about it, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TIME_TO_DISPUTE = timedelta(days=14)
"""After the end of an attempt."""


class DisputeDeed(StrEnum):
    """What can be done about a dispute."""

    OPENED = "opened"
    """A trainer lets the candidate look at the question for a while."""
    SEEN = "seen"
    CLAIMED = "claimed"
    UPHELD = "upheld"
    REJECTED = "rejected"


class DisputeState(StrEnum):
    """Where a dispute is."""

    RAISED = "raised"
    """It waits for a trainer to open the question."""
    OPEN = "open"
    """The candidate may look at the question now."""
    CLAIMED = "claimed"
    """It waits for a trainer to decide."""
    UPHELD = "upheld"
    REJECTED = "rejected"


class DisputeRefusal(StrEnum):
    """Why something cannot be done about a dispute."""

    NOT_OVER = "dispute_attempt_not_over"
    TOO_LATE = "dispute_too_late"
    NO_SUCH_QUESTION = "dispute_no_such_question"
    RAISED_ALREADY = "dispute_raised_already"
    NOT_OPEN = "dispute_not_open"
    SITTING = "dispute_while_sitting"
    NOT_SEEN = "dispute_not_seen"
    CLAIMED_ALREADY = "dispute_claimed_already"
    NOT_CLAIMED = "dispute_not_claimed"
    DECIDED_ALREADY = "dispute_decided_already"
    OWN = "dispute_own"


@dataclass(frozen=True, slots=True)
class DisputeEvent:
    """One deed, as rules see it."""

    deed: DisputeDeed
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class DisputeStanding:
    """How a dispute stands: its state, whether the candidate has seen the question, and until when they may."""

    state: DisputeState
    is_seen: bool = False
    open_until: datetime | None = None

    @property
    def is_decided(self) -> bool:
        """Whether nothing more is done about it."""
        return self.state in {DisputeState.UPHELD, DisputeState.REJECTED}


def dispute_standing(events: Sequence[DisputeEvent], now: datetime) -> DisputeStanding:
    """What the deeds, in their order, come to at an instant."""
    deeds = {event.deed for event in events}
    until = max((event.until for event in events if event.until is not None), default=None)
    is_open = until is not None and now < until
    state = DisputeState.OPEN if is_open else DisputeState.RAISED
    for deed, then in ((DisputeDeed.CLAIMED, DisputeState.CLAIMED), (DisputeDeed.UPHELD, DisputeState.UPHELD), (DisputeDeed.REJECTED, DisputeState.REJECTED)):
        state = then if deed in deeds else state
    return DisputeStanding(state, DisputeDeed.SEEN in deeds, until if is_open and state is DisputeState.OPEN else None)


def may_raise_until(finished_at: datetime) -> datetime:
    """Until when a question of an attempt that ended then can be disputed."""
    return finished_at + TIME_TO_DISPUTE
