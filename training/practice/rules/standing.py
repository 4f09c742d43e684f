"""How a person stands in a concept: what their answers to its cases came to, one after the other."""

from dataclasses import dataclass
from datetime import datetime

from training.practice.rules.memory import Memory, grade_of, reviewed

FIRST_WEAKNESS = 0.5
"""What is thought of a concept before its first answer."""

WEAKNESS_STEP = 0.3
"""By how much of the way one answer moves the weakness."""


@dataclass(frozen=True, slots=True)
class Review:
    """One answer to a case of a concept, as far as the schedule looks at it."""

    at: datetime
    number: int
    """The how-many-eth practice answer of the person it is, from 1."""
    is_right: bool
    is_severity_right: bool = True
    is_in_time: bool = True
    is_repeat: bool = False
    is_borderline: bool = False
    chosen_label: str | None = None
    """The primary label of a wrong answer, where it names a violation."""


@dataclass(frozen=True, slots=True)
class ConceptStanding:
    """How a person stands in a concept after the last answer."""

    memory: Memory
    answer_number: int
    """The how-many-eth practice answer of the person, in all concepts together, the last one here was."""
    weakness: float
    """The share of recent answers that were wrong: an exponential average."""
    case_count: int
    """Cases answered for the first time."""
    right_count: int
    """Those of them that were right."""
    review_count: int
    """Every answer, repeats included."""
    borderline_count: int
    """Those of them that were to borderline cases."""
    is_failed: bool
    """Whether the last answer was wrong."""
    confused_with: str | None
    """The label that was last taken for one of this concept, until an answer is right again."""


def stood(standing: ConceptStanding | None, review: Review) -> ConceptStanding:
    """The standing after one more answer; the first one makes it. A repeat is a review of the memory and counts for nothing else."""
    grade = grade_of(is_right=review.is_right, is_severity_right=review.is_severity_right, is_in_time=review.is_in_time)
    weakness = standing.weakness if standing else FIRST_WEAKNESS
    is_first = not review.is_repeat
    return ConceptStanding(
        memory=reviewed(standing.memory if standing else None, grade, at=review.at),
        answer_number=review.number,
        weakness=weakness + WEAKNESS_STEP * ((not review.is_right) - weakness),
        case_count=(standing.case_count if standing else 0) + is_first,
        right_count=(standing.right_count if standing else 0) + (is_first and review.is_right),
        review_count=(standing.review_count if standing else 0) + 1,
        borderline_count=(standing.borderline_count if standing else 0) + review.is_borderline,
        is_failed=not review.is_right,
        confused_with=None if review.is_right else review.chosen_label,
    )
