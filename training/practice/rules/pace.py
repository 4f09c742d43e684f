"""How fast a person decides."""

from collections.abc import Collection
from dataclasses import dataclass
from math import ceil
from statistics import median

FEWEST_FOR_SLOW_CASES = 10
"""Below this many cases their slowest tenth is no case at all."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The pace of some answers. Only the time until each answer counts, not the reading of feedback."""

    cases_an_hour: float
    median_seconds: float
    p90_seconds: float | None
    """Nine of ten cases took no longer (nearest rank); None where there are too few to say."""


def pace_of(seconds: Collection[float]) -> Pace | None:
    """The pace of answers that took so long each; None where nothing took any time."""
    taken = sorted(each for each in seconds if each > 0)
    if not taken:
        return None
    slow = taken[ceil(0.9 * len(taken)) - 1] if len(taken) >= FEWEST_FOR_SLOW_CASES else None
    return Pace(3600 * len(taken) / sum(taken), median(taken), slow)
