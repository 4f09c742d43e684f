"""What areas are called, and labels: what the taxonomy says, and the area of typing tests, which it does not know."""

from collections.abc import Mapping

from training.cases.queries import taxonomy
from training.exams.documents import TYPING_AREA


def titles() -> Mapping[str, str]:
    """By code."""
    return {**taxonomy().titles, TYPING_AREA: "Typing"}
