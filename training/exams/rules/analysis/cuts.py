"""Where the pass mark lies: judges' estimates into a cut; and what it proves to have missed nothing critical."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

FEWEST_JUDGES = 8
"""Below this many judges an estimate may be looked at and sets nothing."""


@dataclass(frozen=True, slots=True)
class AngoffCut:
    """A cut by the modified Angoff method: how many right answers a person who is just competent is expected to give."""

    cut: float
    standard_error: float | None
    """Over the judges; nothing of a single one."""
    judge_count: int
    item_count: int

    @property
    def share(self) -> float:
        """The cut as a share of the items."""
        return self.cut / self.item_count

    @property
    def may_decide(self) -> bool:
        """Whether enough judges stand behind it."""
        return self.judge_count >= FEWEST_JUDGES


def form_cut(means: Sequence[float]) -> float:
    """The cut of one form: the sum of its items' mean estimates, Σ p̄_i. Nobody's chance depends on the luck of the draw."""
    return sum(means)


def angoff(estimates: Mapping[str, Mapping[int, float]], items: Sequence[int]) -> AngoffCut | None:
    """The cut over these items by the judges who judged every one of them; nothing where nobody did.

    `estimates` gives for each judge the chance, by item, that a person who is just competent is right.
    SE = SD_j(Σ_i p_ij) / √J.
    """
    whole = [[judged[item] for item in items] for judged in estimates.values() if all(item in judged for item in items)]
    if not whole or not items:
        return None
    sums = [sum(each) for each in whole]
    error = stdev(sums) / sqrt(len(sums)) if len(sums) > 1 else None
    return AngoffCut(fmean(sums), error, len(sums), len(items))


def item_means(estimates: Mapping[str, Mapping[int, float]]) -> dict[int, tuple[float, int]]:
    """For each item the mean estimate p̄_i, and of how many judges."""
    by_item: dict[int, list[float]] = {}
    for judged in estimates.values():
        for item, chance in judged.items():
            by_item.setdefault(item, []).append(chance)
    return {item: (fmean(chances), len(chances)) for item, chances in by_item.items()}


def largest_miss_rate(count: int, confidence: float = 0.95) -> float:
    """What `count` critical items without a miss prove: the true miss rate is below 1 − (1 − confidence)^(1/count) at this confidence (Clopper–Pearson)."""
    return 1 - (1 - confidence) ** (1 / count) if count else 1.0
