"""From how many answers on a figure is shown, and from how many on somebody should act on it."""

from enum import StrEnum


class Figure(StrEnum):
    """A figure of an item or an exam that needs answers to mean something."""

    FACILITY = "facility"
    DISCRIMINATION = "discrimination"
    DISTRACTORS = "distractors"
    CHARACTERISTIC = "characteristic"
    TIMES = "times"
    RELIABILITY = "reliability"
    DIFFERENTIAL = "differential"
    CLASSIFICATION = "classification"
    PASSING = "passing"


class Weight(StrEnum):
    """How much may be made of a figure."""

    TOO_FEW = "too_few"
    """Too few answers to judge: the figure is not shown."""
    TENTATIVE = "tentative"
    """Shown, in grey and with its interval; nobody acts on it alone."""
    FIRM = "firm"


SHOW_FROM = {
    Figure.FACILITY: 10,
    Figure.DISCRIMINATION: 30,
    Figure.DISTRACTORS: 50,
    Figure.CHARACTERISTIC: 30,
    Figure.TIMES: 30,
    Figure.RELIABILITY: 50,
    Figure.DIFFERENTIAL: 100,
    Figure.CLASSIFICATION: 100,
    Figure.PASSING: 10,
}
ACT_FROM = {
    Figure.FACILITY: 50,
    Figure.DISCRIMINATION: 100,
    Figure.DISTRACTORS: 100,
    Figure.CHARACTERISTIC: 100,
    Figure.TIMES: 100,
    Figure.RELIABILITY: 100,
    Figure.DIFFERENTIAL: 100,
    Figure.CLASSIFICATION: 100,
    Figure.PASSING: 50,
}
"""For differential functioning these are answers of each group."""


def weight_of(figure: Figure, count: int) -> Weight:
    """How much may be made of this figure over so many answers (attempts, for figures of an exam)."""
    if count < SHOW_FROM[figure]:
        return Weight.TOO_FEW
    return Weight.FIRM if count >= ACT_FROM[figure] else Weight.TENTATIVE
