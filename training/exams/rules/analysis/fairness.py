"""Whether an item is harder for one group than for another of the same ability: Mantel–Haenszel (Holland & Thayer 1988)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import exp, log, sqrt

from training.judgements.rules import WILSON_Z

DELTA = -2.35
"""From log odds to the delta scale of the Educational Testing Service."""
SLIGHT, LARGE = 1.0, 1.5


@dataclass(frozen=True, slots=True)
class Stratum:
    """Candidates of like ability: how many of each group were right and wrong."""

    focal_right: int
    focal_wrong: int
    reference_right: int
    reference_wrong: int

    @property
    def count(self) -> int:
        """How many there are."""
        return self.focal_right + self.focal_wrong + self.reference_right + self.reference_wrong


class Difference(StrEnum):
    """How large a difference is, in ETS's classes."""

    NEGLIGIBLE = "A"
    MODERATE = "B"
    LARGE = "C"


@dataclass(frozen=True, slots=True)
class Functioning:
    """Differential functioning of one item between two groups."""

    odds_ratio: float
    """The odds of the reference group over those of the focal group; above 1 the item is harder for the focal group."""
    low: float
    high: float
    chi_square: float
    """Mantel–Haenszel, with the correction for continuity; one degree of freedom."""

    @property
    def delta(self) -> float:
        """−2.35 · ln odds ratio: negative where the item is harder for the focal group."""
        return DELTA * log(self.odds_ratio)

    @property
    def difference(self) -> Difference:
        """ETS's class: C from 1.5 and surely above 1, B from 1 and surely above 0, at 95 %."""
        nearest = min(abs(DELTA * log(self.low)), abs(DELTA * log(self.high)))
        is_sure = self.low > 1 or self.high < 1
        if abs(self.delta) >= LARGE and is_sure and nearest > SLIGHT:
            return Difference.LARGE
        return Difference.MODERATE if abs(self.delta) >= SLIGHT and is_sure else Difference.NEGLIGIBLE

    @property
    def is_large(self) -> bool:
        """Whether somebody should look whether the item asks the groups the same."""
        return self.difference is Difference.LARGE


def mantel_haenszel(strata: Sequence[Stratum]) -> Functioning | None:
    """The common odds ratio over strata with its 95 % limits (Robins, Breslow & Greenland 1986). Nothing where the strata say nothing.

    odds ratio = Σ A D / N ÷ Σ B C / N with A, B the right and wrong of the reference group, C, D those of the focal group.
    """
    used = [each for each in strata if each.count > 1]
    upper = [each.reference_right * each.focal_wrong / each.count for each in used]
    lower = [each.reference_wrong * each.focal_right / each.count for each in used]
    r, s = sum(upper), sum(lower)
    if r == 0 or s == 0:
        return None
    agree = [(each.reference_right + each.focal_wrong) / each.count for each in used]
    differ = [(each.reference_wrong + each.focal_right) / each.count for each in used]
    variance = sum(p * u for p, u in zip(agree, upper, strict=True)) / (2 * r * r) + sum(q * v for q, v in zip(differ, lower, strict=True)) / (2 * s * s)
    variance += sum(p * v + q * u for p, q, u, v in zip(agree, differ, upper, lower, strict=True)) / (2 * r * s)
    reach = exp(WILSON_Z * sqrt(variance))
    return Functioning(r / s, r / s / reach, r / s * reach, _chi_square(used))


def _chi_square(strata: Sequence[Stratum]) -> float:
    observed = expected = variance = 0.0
    for each in strata:
        reference, right = each.reference_right + each.reference_wrong, each.reference_right + each.focal_right
        count = each.count
        observed += each.reference_right
        expected += reference * right / count
        variance += reference * (count - reference) * right * (count - right) / (count * count * (count - 1))
    return max(abs(observed - expected) - 0.5, 0.0) ** 2 / variance if variance else 0.0
