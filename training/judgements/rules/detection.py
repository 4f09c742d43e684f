"""Over- and under-enforcement: a violation is a signal, acting is saying yes (Green & Swets 1966).

Rates are log-linear throughout (Hautus 1995), so that nobody who never erred is infinitely good.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import log, sqrt
from statistics import NormalDist

from training.judgements.rules.intervals import WILSON_Z, Interval

FEWEST_OF_A_CLASS = 10
"""Under so many violations, or so many innocent cases, nothing is said of sensitivity or criterion."""

_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Decided:
    """How often violations were acted on or let be, and innocent cases. What was only deferred is in none of them."""

    hits: int = 0
    misses: int = 0
    false_alarms: int = 0
    correct_rejections: int = 0

    @property
    def violation_count(self) -> int:
        """Cases on which the reference says act."""
        return self.hits + self.misses

    @property
    def innocent_count(self) -> int:
        """Cases that the reference lets be."""
        return self.false_alarms + self.correct_rejections

    @property
    def are_enough(self) -> bool:
        """Whether there are enough of both to say something of sensitivity and criterion."""
        return min(self.violation_count, self.innocent_count) >= FEWEST_OF_A_CLASS


@dataclass(frozen=True, slots=True)
class Costs:
    """What a queue is like: the share of violations in it, and what letting one through costs, counted in wrong actions."""

    prevalence: float
    """Above 0 and below 1."""
    miss: float
    """Above 0; a wrong action costs 1."""

    @property
    def log_bias(self) -> float:
        """ln β* = ln[(1 − π) / π · C_FA / C_miss]: the log likelihood ratio from which acting costs less (Green & Swets 1966)."""
        return log((1 - self.prevalence) / self.prevalence / self.miss)


class Lean(StrEnum):
    """To which side somebody's decisions lean."""

    UNDER = "under"
    """More is let through than is cheapest."""
    OVER = "over"
    """More is acted on than is cheapest."""
    NEITHER = "neither"
    """What leaning there is may be chance."""


@dataclass(frozen=True, slots=True)
class Detection:
    """How well somebody tells violations from innocent cases, and how readily they act."""

    sensitivity: Interval
    """d′: 0 is guessing; the higher, the better."""
    criterion: Interval
    """c: above 0 acts on less, below 0 on more than half of what is equally likely either."""
    excess: Interval | None
    """c − c*: how far the criterion lies above the cost-optimal one. None where there is none, because d′ is 0 or less."""

    @property
    def lean(self) -> Lean:
        """What the excess shows beyond chance."""
        if self.excess is None or self.excess.low <= 0 <= self.excess.high:
            return Lean.NEITHER
        return Lean.UNDER if self.excess.low > 0 else Lean.OVER


def detection(decided: Decided, costs: Costs) -> Detection | None:
    """Sensitivity and criterion with 95 % intervals, against the cost-optimal criterion; None where there are too few to judge."""
    if not decided.are_enough:
        return None
    hit, alarm = _Rate(decided.hits, decided.violation_count), _Rate(decided.false_alarms, decided.innocent_count)
    difference = hit.z - alarm.z
    reach = WILSON_Z * sqrt(hit.variance + alarm.variance)
    return Detection(
        sensitivity=_around(difference, reach),
        criterion=_around(-(hit.z + alarm.z) / 2, reach / 2),
        excess=_excess(hit, alarm, costs.log_bias) if difference > 0 else None,
    )


def sensitivity(decided: Decided) -> float:
    """d′ = z(h) − z(f), whatever the number of cases."""
    return _Rate(decided.hits, decided.violation_count).z - _Rate(decided.false_alarms, decided.innocent_count).z


def criterion(decided: Decided) -> float:
    """c = −(z(h) + z(f)) / 2, whatever the number of cases."""
    return -(_Rate(decided.hits, decided.violation_count).z + _Rate(decided.false_alarms, decided.innocent_count).z) / 2


class _Rate:
    """A log-linear rate: half a case is added to the count and one to the total (Hautus 1995)."""

    def __init__(self, count: int, total: int) -> None:
        rate = (count + 0.5) / (total + 1)
        self.z = _NORMAL.inv_cdf(rate)
        self.variance = rate * (1 - rate) / (max(total, 1) * _NORMAL.pdf(self.z) ** 2)
        """Of z (Gourevitch & Galanter 1967)."""


def _excess(hit: _Rate, alarm: _Rate, log_bias: float) -> Interval:
    """c − ln β* / d′ with the variance that the delta method gives: both terms move with both rates."""
    difference = hit.z - alarm.z
    slope = log_bias / difference**2
    variance = (slope - 0.5) ** 2 * hit.variance + (slope + 0.5) ** 2 * alarm.variance
    return _around(-(hit.z + alarm.z) / 2 - log_bias / difference, WILSON_Z * sqrt(variance))


def _around(point: float, reach: float) -> Interval:
    return Interval(point - reach, point, point + reach)
