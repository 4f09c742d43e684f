"""What makes somebody look at an item. A flag is a reason to look, never a verdict; only a wrong key's stops draws."""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from training.exams.rules.analysis.drift import Drift
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.judgements.rules import Interval

LOW_DISCRIMINATION = 0.10
SLOW = 3.0


class ItemFlag(StrEnum):
    """Why an item needs a look."""

    BELOW_GUESSING = "below_guessing"
    LOW_DISCRIMINATION = "low_discrimination"
    PREFERRED_DISTRACTOR = "preferred_distractor"
    WRONG_KEY = "wrong_key"
    SLOW = "slow"
    DRIFT = "drift"
    DIFFERENTIAL = "differential"


class FlagDeed(StrEnum):
    """What can happen to an item on account of what was seen."""

    RAISED = "raised"
    """The answers suggest that its key is wrong: it is held until a person rules."""
    HELD = "held"
    RELEASED = "released"


STOPS_DRAWS = frozenset({ItemFlag.WRONG_KEY})


@dataclass(frozen=True, slots=True)
class Observed:
    """What the flags look at, of one item version."""

    count: int
    facility: Interval
    guess: float
    discrimination: Interval | None
    top_right: int
    """How many of the top third answered right."""
    top_favourite: int
    """How many of the top third gave the wrong answer that most of them gave."""
    slowness: float | None
    """Median time as a multiple of the form's."""
    drift: Drift | None
    is_key_suspect: bool
    differs_between_groups: bool = False


def flags_of(seen: Observed) -> tuple[ItemFlag, ...]:
    """Every flag that the answers raise, where there are enough to act on."""
    firm = {figure for figure in Figure if weight_of(figure, seen.count) is Weight.FIRM}
    raised = {
        ItemFlag.WRONG_KEY: seen.is_key_suspect,
        ItemFlag.BELOW_GUESSING: Figure.FACILITY in firm and seen.facility.high < seen.guess,
        ItemFlag.LOW_DISCRIMINATION: Figure.DISCRIMINATION in firm and seen.discrimination is not None and seen.discrimination.high < LOW_DISCRIMINATION,
        ItemFlag.PREFERRED_DISTRACTOR: Figure.DISTRACTORS in firm and seen.top_favourite > seen.top_right,
        ItemFlag.SLOW: Figure.FACILITY in firm and seen.slowness is not None and isfinite(seen.slowness) and seen.slowness >= SLOW,
        ItemFlag.DRIFT: seen.drift is not None and seen.drift.is_surprising,
        ItemFlag.DIFFERENTIAL: seen.differs_between_groups,
    }
    return tuple(flag for flag, is_raised in raised.items() if is_raised)
