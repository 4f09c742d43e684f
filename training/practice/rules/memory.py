"""What a person remembers of a concept: FSRS-6 with the weights of the package `fsrs`, which are a prior here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

DESIRED_RETENTION = 0.9
"""A concept is due when it is predicted to be remembered this well."""

_SCHEDULER = Scheduler(desired_retention=DESIRED_RETENTION, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
"""Without steps of minutes: a concept comes again another day, or eight cases later where it was just failed."""

_DECAY = _SCHEDULER.parameters[20]
_FACTOR = DESIRED_RETENTION ** (-1 / _DECAY) - 1


@dataclass(frozen=True, slots=True)
class Memory:
    """The state of a memory after its last review."""

    stability: float
    """Days until it is remembered with probability .9."""
    difficulty: float
    """1 to 10."""
    reviewed_at: datetime
    due_at: datetime


def grade_of(*, is_right: bool, is_severity_right: bool, is_in_time: bool) -> Rating:
    """What an answer says of the memory: wrong by the strict outcome is Again, right with a wrong severity or over time is Hard, right is Good."""
    if not is_right:
        return Rating.Again
    return Rating.Good if is_severity_right and is_in_time else Rating.Hard


def reviewed(memory: Memory | None, grade: Rating, *, at: datetime) -> Memory:
    """The memory after this review; the first one makes it. `at` is in UTC."""
    card = Card(0, State.Review, None, memory.stability, memory.difficulty, memory.due_at, memory.reviewed_at) if memory else Card(card_id=0, due=at)
    card, _log = _SCHEDULER.review_card(card, grade, at)
    assert card.stability is not None and card.difficulty is not None, "a review gives both"
    return Memory(card.stability, card.difficulty, at, card.due)


def retention(memory: Memory, *, at: datetime) -> float:
    """The predicted probability that the concept is remembered: (1 + F·t/S)^−w₂₀ with F = .9^(−1/w₂₀) − 1 and t in days (FSRS-6)."""
    elapsed = max((at - memory.reviewed_at) / timedelta(days=1), 0.0)
    return float((1 + _FACTOR * elapsed / memory.stability) ** -_DECAY)
