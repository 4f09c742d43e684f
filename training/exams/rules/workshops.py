"""Angoff workshops: several judges say by themselves what somebody who is just good enough gets right, compare, and say it once more. Pure."""

from datetime import datetime
from enum import StrEnum

FEWEST_JUDGES_CALLED, MOST_JUDGES = 2, 50
MOST_QUESTIONS = 200


class WorkshopState(StrEnum):
    """Where a workshop stands."""

    JUDGING = "judging"
    """Round one: nobody sees what another said."""
    REVISING = "revising"
    """Round two: everybody sees the spread of round one, and may say something else."""
    CLOSED = "closed"
    CALLED_OFF = "called_off"
    """Closed before anything was revealed: what was said stays with whoever said it, and counts nowhere."""


class QuestionChoice(StrEnum):
    """Which questions are judged."""

    FORM = "form"
    """One form, drawn as for a candidate who has met nothing."""
    EVERY = "every"
    """Every question that its forms can hold."""
    NAMED = "named"


class WorkshopRefusal(StrEnum):
    """Why something is not done in a workshop."""

    TOO_FEW_JUDGES = "workshop_too_few_judges"
    TOO_MANY_JUDGES = "workshop_too_many_judges"
    MAY_NOT_JUDGE = "workshop_judge_may_not_see"
    QUESTION_UNKNOWN = "workshop_question_unknown"
    TOO_MANY_QUESTIONS = "workshop_too_many_questions"
    CANNOT_FILL = "workshop_cannot_fill"
    SITTING = "workshop_while_sitting"
    NOT_BEGUN = "workshop_not_begun"
    OVER = "workshop_over"
    TOO_FEW_ESTIMATES = "workshop_too_few_estimates"
    TOO_LATE_TO_JOIN = "workshop_joined_too_late"


def state_of(revealed_at: datetime | None, closed_at: datetime | None) -> WorkshopState:
    """Where a workshop stands that was revealed and closed then, or not yet."""
    if closed_at is not None:
        return WorkshopState.CLOSED if revealed_at is not None else WorkshopState.CALLED_OFF
    return WorkshopState.JUDGING if revealed_at is None else WorkshopState.REVISING


def round_of(state: WorkshopState) -> int:
    """The round in which something is said now, or was said last."""
    return 1 if state in {WorkshopState.JUDGING, WorkshopState.CALLED_OFF} else 2


def last_shown_round(state: WorkshopState) -> int:
    """Up to which round everybody sees what was said; 0 where nothing is shown."""
    return {WorkshopState.REVISING: 1, WorkshopState.CLOSED: 2}.get(state, 0)
