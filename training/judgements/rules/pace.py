"""How fast somebody decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb, floor

from training.judgements.rules.intervals import FEWEST_TO_JUDGE, Interval

FEWEST_FOR_SLOWEST = 40
"""From so many answers on, the upper limit of the ninth decile is one of them."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The time of some answers, in seconds."""

    count: int
    median: Interval
    slow: Interval | None
    """The ninth decile: one answer in ten takes longer. None where there are too few to judge."""

    @property
    def cases_an_hour(self) -> float:
        """How many cases of median length fit into an hour."""
        return 3600 / self.median.point if self.median.point else 0.0


def pace_of(seconds: Sequence[float]) -> Pace | None:
    """The pace of these answers; None where there are too few to judge."""
    if len(seconds) < FEWEST_TO_JUDGE:
        return None
    ordered = sorted(seconds)
    return Pace(len(ordered), quantile(ordered, 0.5), quantile(ordered, 0.9) if len(ordered) >= FEWEST_FOR_SLOWEST else None)


def quantile(ordered: Sequence[float], share: float) -> Interval:
    """A quantile of these values with limits that are values themselves and cover it with 95 % or more, whatever the distribution.

    From the binomial distribution of how many values lie below it (Conover 1999). Where the values do not reach so far, a limit is the
    outermost of them.
    """
    count = len(ordered)
    point = (ordered[ceil(share * count) - 1] + ordered[min(floor(share * count), count - 1)]) / 2
    low, high, at_most = 0, count - 1, 0.0
    for below in range(count):
        at_most += comb(count, below) * share**below * (1 - share) ** (count - below)
        if at_most <= 0.025:
            low = below
        if at_most >= 0.975:
            high = below
            break
    return Interval(ordered[low], point, ordered[high])
