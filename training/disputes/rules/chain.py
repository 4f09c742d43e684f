"""Where a dispute stands between its claim and its closure, step by step."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from training.disputes.rules.reviews import ENOUGH, MOST, Outcome


class Step(StrEnum):
    """What happens with a claim, in this order."""

    CLAIMED = "claimed"
    TAKEN_BACK = "taken_back"
    REVIEWED = "reviewed"
    DECIDED = "decided"
    CARRIED = "carried"
    """Somebody looked at who would change, and amended the reference or ruled on the key."""
    SCORED = "scored"
    TOLD = "told"
    MOOT = "moot"
    """The reference or key changed otherwise meanwhile, so nothing is left to carry out."""


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of one dispute."""

    step: Step
    progress: Progress
    at: datetime | None = None
    """When it was done."""
    count: int = 0
    """How much of it is done, where it is counted."""
    total: int = 0


@dataclass(frozen=True, slots=True)
class Course:
    """What has happened with a dispute."""

    claimed_at: datetime
    has_open_claim: bool = True
    review_count: int = 0
    decided_at: datetime | None = None
    outcome: Outcome | None = None
    carried_at: datetime | None = None
    is_moot: bool = False
    scored_count: int = 0
    to_score_count: int = 0
    scored_at: datetime | None = None
    told_count: int = 0
    to_tell_count: int = 0
    told_at: datetime | None = None
    """When everybody whose result changed had been told."""


def stages_of(course: Course) -> list[Stage]:
    """Every step of a dispute that is behind it, under way or to come. A reference that stands changes nothing for anybody."""
    return [Stage(Step.CLAIMED, Progress.DONE, course.claimed_at), *_after_claim(course)]


def _after_claim(course: Course) -> Iterator[Stage]:
    if course.decided_at is None and not course.has_open_claim:
        yield Stage(Step.TAKEN_BACK, Progress.DONE)
        return
    is_decided = course.decided_at is not None
    total = MOST if course.review_count >= ENOUGH and not is_decided else max(ENOUGH, course.review_count)
    yield Stage(Step.REVIEWED, Progress.DONE if is_decided else Progress.NOW, course.decided_at, course.review_count, total)
    yield Stage(Step.DECIDED, Progress.DONE if is_decided else Progress.AHEAD, course.decided_at)
    if course.outcome is not Outcome.UPHELD:
        yield from _after_decision(course)


def _after_decision(course: Course) -> Iterator[Stage]:
    if course.carried_at is None and course.is_moot:
        yield Stage(Step.MOOT, Progress.DONE)
        return
    yield Stage(Step.CARRIED, _progress(course.carried_at, course.decided_at), course.carried_at)
    yield Stage(Step.SCORED, _progress(course.scored_at, course.carried_at), course.scored_at, course.scored_count, course.to_score_count)
    yield Stage(Step.TOLD, _progress(course.told_at, course.scored_at), course.told_at, course.told_count, course.to_tell_count)


def _progress(done_at: datetime | None, before_at: datetime | None) -> Progress:
    if done_at is not None:
        return Progress.DONE
    return Progress.AHEAD if before_at is None else Progress.NOW
