"""How fast a person decides."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from training.judgements.rules import FEWEST_TO_JUDGE, Interval, quantile_limits

FEWEST_FOR_SLOW_CASES = 10
"""Below this many cases their slowest tenth is no case at all."""

FEWEST_TO_JUDGE_SLOW_CASES = 40
"""From so many on, the upper limit of what nine of ten cases take is itself one of them."""


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


@dataclass(frozen=True, slots=True)
class MeasuredPace:
    """The pace of enough answers to say of somebody, with 95 % limits."""

    count: int
    cases_an_hour: float
    median: Interval
    slow: Interval | None
    """What nine of ten cases do not exceed; None where there are too few to judge."""


def measured_pace(seconds: Collection[float]) -> MeasuredPace | None:
    """The pace of these answers as a profile says it; None where there are too few to judge."""
    taken = sorted(each for each in seconds if each > 0)
    pace = pace_of(taken)
    if pace is None or len(taken) < FEWEST_TO_JUDGE:
        return None
    slow = pace.p90_seconds if len(taken) >= FEWEST_TO_JUDGE_SLOW_CASES else None
    return MeasuredPace(
        count=len(taken),
        cases_an_hour=pace.cases_an_hour,
        median=_limited(taken, 0.5, pace.median_seconds),
        slow=None if slow is None else _limited(taken, 0.9, slow),
    )


def _limited(ordered: Sequence[float], share: float, point: float) -> Interval:
    low, high = quantile_limits(ordered, share)
    return Interval(low, point, high)
