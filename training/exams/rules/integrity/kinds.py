"""What is signalled, how a person closes a review, and how much of it is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

MOST_SIGNALS = 200
"""How many signals of its windows one attempt keeps; what comes after them says nothing new."""
SHORTEST_ABSENCE_SECONDS = 1.0
"""A window that is left for less was not left by a person."""
LONGEST_ABSENCE_SECONDS = 36_000.0


class SignalKind(StrEnum):
    """What was noticed about an attempt."""

    FOCUS_LOST = "focus_lost"
    """The exam's window was left, and for how long."""
    PASTE = "paste"
    """Something was pasted, or tried to be; never what."""
    TAKEOVER = "takeover"
    """Another window became the one that writes."""
    RAPID_ANSWERS = "rapid_answers"
    """Answers given faster than the question can be read."""
    IMPOSSIBLE_SPEED = "impossible_speed"
    """The whole exam in less time than reading its questions takes."""
    SIMILARITY = "similarity"
    """More of the same wrong answers as somebody else than chance explains."""
    SIMILARITY_GONE = "similarity_gone"
    """They no longer are, since a ruling changed which answers are wrong."""


class WindowSignal(StrEnum):
    """What a candidate's browser reports of itself."""

    FOCUS_LOST = SignalKind.FOCUS_LOST.value
    PASTE = SignalKind.PASTE.value


class ReviewOutcome(StrEnum):
    """How a person closed a review. None of them changes a score or a certificate."""

    NOTHING_FOUND = "nothing_found"
    TALK = "talk"
    DISPUTED = "disputed"


class ReviewRefusal(StrEnum):
    """Why a review is not closed."""

    OWN_ATTEMPT = "review_own_attempt"
    NOT_OVER = "review_not_over"


@dataclass(frozen=True, slots=True)
class Reported:
    """One thing that a window reported: the how-manieth of that window, what, where, since when and for how long."""

    number: int
    kind: WindowSignal
    position: int | None
    at: datetime
    seconds: float = 0.0

    @property
    def until(self) -> datetime:
        """When it was over."""
        return self.at + timedelta(seconds=self.seconds)


@dataclass(frozen=True, slots=True)
class Rest:
    """A stretch of time in which nothing is recorded: a break, or a pause. Without an end it lasts still."""

    since: datetime
    until: datetime | None = None


def recorded(reported: Reported, rests: tuple[Rest, ...]) -> bool:
    """Whether it is kept: an absence that a person makes, and none that touches a break or a pause."""
    if reported.kind is WindowSignal.FOCUS_LOST and reported.seconds < SHORTEST_ABSENCE_SECONDS:
        return False
    return not any(reported.until >= rest.since and (rest.until is None or reported.at <= rest.until) for rest in rests)
