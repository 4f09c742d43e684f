"""Where the pass mark lies: judges' estimates into a cut; and what it proves to have missed nothing critical."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor, sqrt
from statistics import fmean, median, stdev

FEWEST_JUDGES = 8
"""Below this many judges an estimate may be looked at and sets nothing."""
LIKELY_ERRORS = 1.96
"""How many standard errors to either side hold 95 of 100 such cuts."""

Estimates = Mapping[int, Mapping[int, float]]
"""By judge and item: which share of an item's points a person who is just good enough is expected to earn, in (0, 1]. Of one that is right or wrong it is
the chance to be right."""


@dataclass(frozen=True, slots=True)
class AngoffCut:
    """A cut by the modified Angoff method: how many points of a form a person who is just good enough is expected to earn."""

    points: float
    total: int
    """What the whole form is worth."""
    standard_error: float | None
    """Of the points, over the judges; nothing of a single one."""
    judge_count: int
    item_count: int

    @property
    def share(self) -> float:
        """The cut as a share of the points, as the pass rule says it."""
        return self.points / self.total

    @property
    def error(self) -> float | None:
        """The standard error as a share of the points."""
        return None if self.standard_error is None else self.standard_error / self.total

    @property
    def limits(self) -> tuple[float, float] | None:
        """Between which shares it likely lies (95 %), as far as judges differ."""
        if self.error is None:
            return None
        return max(0.0, self.share - LIKELY_ERRORS * self.error), min(1.0, self.share + LIKELY_ERRORS * self.error)

    @property
    def percent(self) -> int:
        """The nearest mark that a pass rule can ask for."""
        return floor(100 * self.share + 0.5)

    @property
    def may_decide(self) -> bool:
        """Whether enough judges stand behind it."""
        return self.judge_count >= FEWEST_JUDGES


def angoff(estimates: Estimates, worth: Mapping[int, int]) -> AngoffCut | None:
    """The cut of a form by the judges who judged every item of it; nothing where nobody did. `worth` says how many points each item of the form is worth.

    The cut is Σ_i w_i p̄_i of Σ_i w_i points, SE = SD_j(Σ_i w_i p_ij) / √J (Angoff 1971; Hambleton & Plake 1995 for items that are earned in part). The
    points are those of `grading.grade`, where an item earns its weight times the share of it that is right: so the share is what a pass rule asks for, and
    nobody's chance depends on the luck of the draw.
    """
    whole = [judged for judged in estimates.values() if all(item in judged for item in worth)]
    if not whole or not worth:
        return None
    sums = [sum(points * judged[item] for item, points in worth.items()) for judged in whole]
    error = stdev(sums) / sqrt(len(sums)) if len(sums) > 1 else None
    return AngoffCut(fmean(sums), sum(worth.values()), error, len(sums), len(worth))


@dataclass(frozen=True, slots=True)
class Spread:
    """What judges said of one item."""

    mean: float
    deviation: float | None
    """The standard deviation (N−1); nothing of a single judge."""
    low: float
    median: float
    high: float
    judge_count: int


def spreads(estimates: Estimates) -> dict[int, Spread]:
    """What was said of each item that anybody judged."""
    by_item: dict[int, list[float]] = {}
    for judged in estimates.values():
        for item, chance in judged.items():
            by_item.setdefault(item, []).append(chance)
    return {item: _spread(said) for item, said in by_item.items()}


def _spread(said: list[float]) -> Spread:
    deviation = stdev(said) if len(said) > 1 else None
    return Spread(fmean(said), deviation, min(said), median(said), max(said), len(said))


def leanings(estimates: Estimates) -> dict[int, float]:
    """By how much each judge asks for more than all of them (above 0) or less, in the mean over the items that they judged.

    Where everybody judged everything it is the judge's mean less the mean of all.
    """
    means = {item: spread.mean for item, spread in spreads(estimates).items()}
    return {judge: fmean(chance - means[item] for item, chance in judged.items()) for judge, judged in estimates.items() if judged}


def largest_miss_rate(count: int, confidence: float = 0.95) -> float:
    """What `count` critical items without a miss prove: the true miss rate is below 1 − (1 − confidence)^(1/count) at this confidence (Clopper–Pearson)."""
    return 1 - (1 - confidence) ** (1 / count) if count else 1.0
