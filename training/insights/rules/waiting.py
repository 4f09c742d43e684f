"""How long people take from one point to another, those included who have not got there yet (Kaplan & Meier 1958)."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt

from training.judgements.rules import FEWEST_TO_JUDGE, WILSON_Z

HALF = 0.5
ALIKE = 1e-12
"""Shares that differ by less are one: products of fractions are not exact."""


@dataclass(frozen=True, slots=True)
class Waits:
    """How many people took how many whole days, and for how many days those have waited who have not got there."""

    reached: Mapping[int, int] = field(default_factory=dict)
    """People by the days after which they got there."""
    unfinished: Mapping[int, int] = field(default_factory=dict)
    """People by the days for which they were seen waiting: they wait still, left, or need not get there any more."""

    def __add__(self, other: "Waits") -> "Waits":
        return Waits(Counter(self.reached) + Counter(other.reached), Counter(self.unfinished) + Counter(other.unfinished))

    @property
    def count(self) -> int:
        """How many people were on the way."""
        return self.reached_count + sum(self.unfinished.values())

    @property
    def reached_count(self) -> int:
        """How many of them got there."""
        return sum(self.reached.values())


@dataclass(frozen=True, slots=True)
class StillWaiting:
    """Which share of people is not there after so many days, with its 95 % limits."""

    days: int
    low: float
    point: float
    high: float


@dataclass(frozen=True, slots=True)
class Median:
    """After how many days half of the people are there. None of a figure: what was seen so far does not reach so far."""

    low: int | None
    days: int | None
    high: int | None


def shares_waiting(waits: Waits) -> Iterator[StillWaiting]:
    """The product-limit estimate of who is not there yet, day by day on which somebody got there.

    Whoever is not there counts among those who might have got there for as long as they were seen waiting, and no longer; what
    ends on the same day ends after it. Limits by Greenwood's variance of log(−log S) (Kalbfleisch & Prentice 1980), which stay within 0 and 1.
    """
    at_risk, share, variance = waits.count, 1.0, 0.0
    for day in sorted(waits.reached.keys() | waits.unfinished.keys()):
        reached = waits.reached.get(day, 0)
        if reached:
            share *= 1 - reached / at_risk
            variance += reached / (at_risk * (at_risk - reached)) if at_risk > reached else 0.0
            yield StillWaiting(day, *_limits(share, variance))
        at_risk -= reached + waits.unfinished.get(day, 0)


def median_wait(waits: Waits) -> Median | None:
    """The median with its 95 % limits (Brookmeyer & Crowley 1982): the first days on which estimate and limits fall to a half.

    None where fewer than ten people were on the way: too few to judge.
    """
    if waits.count < FEWEST_TO_JUDGE:
        return None
    shares = list(shares_waiting(waits))
    days = [next((share.days for share in shares if value(share) <= HALF + ALIKE), None) for value in (_low, _point, _high)]
    return Median(*days)


def _low(share: StillWaiting) -> float:
    return share.low


def _point(share: StillWaiting) -> float:
    return share.point


def _high(share: StillWaiting) -> float:
    return share.high


def _limits(share: float, variance: float) -> tuple[float, float, float]:
    """A share strictly between nobody and everybody has limits; nobody is left of nobody."""
    if share <= ALIKE:
        return 0.0, 0.0, 0.0
    reach = WILSON_Z * sqrt(variance) / abs(log(share))
    return share ** exp(reach), share, share ** exp(-reach)
