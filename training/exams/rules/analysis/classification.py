"""How often an exam decides rightly and would decide alike again, from one sitting each (Livingston & Lewis 1995).

Observed scores are proportions of the points in [0, 1]; the true scores are taken to follow a beta distribution, four
parameters where the moments allow it and two elsewhere, and errors to be binomial over the effective test length.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaincinv

from training.exams.rules.analysis.sheet import Floats

PANELS, NODES = 16, 16
"""The integral on each side of the cut: a Gauss–Legendre rule of so many points on each of so many equal stretches."""


@dataclass(frozen=True, slots=True)
class Beta:
    """A beta distribution with shapes a and b over [low, high]."""

    a: float
    b: float
    low: float = 0.0
    high: float = 1.0

    @property
    def is_sound(self) -> bool:
        """Whether it is a distribution of true proportions."""
        values = (self.a, self.b, self.low, self.high)
        return bool(np.isfinite(values).all()) and self.a > 0 and self.b > 0 and 0 <= self.low < self.high <= 1


@dataclass(frozen=True, slots=True)
class Classification:
    """What becomes of candidates at the cut, as shares of all of them."""

    effective_length: int
    true_pass: float
    true_fail: float
    false_pass: float
    """They pass, and their true score is below the cut."""
    false_fail: float
    consistency: float
    """The chance that a second sitting decides the same."""
    kappa: float
    """The same beyond what chance agrees on (Cohen)."""
    parameters: int
    """Four, or two where the scores' moments allowed no four."""

    @property
    def accuracy(self) -> float:
        """The share that is decided as the true score says."""
        return self.true_pass + self.true_fail


def effective_length(mean: float, variance: float, reliability: float) -> float:
    """ñ = ((μ − min)(max − μ) − ρσ²) / (σ² (1 − ρ)), for scores from min 0 to max 1: how many items of equal difficulty would be as reliable."""
    return (mean * (1 - mean) - reliability * variance) / (variance * (1 - reliability))


def classify(scores: Floats, reliability: float, cut: float) -> Classification | None:
    """Accuracy and consistency of deciding at this share of the points. Nothing where the scores or their reliability say nothing."""
    mean, variance = float(scores.mean()), float(scores.var(ddof=1)) if len(scores) > 1 else 0.0
    if variance <= 0 or not 0 < reliability < 1:
        return None
    length = round(effective_length(mean, variance, reliability))
    if length < 1:
        return None
    true, parameters = true_scores(scores * length, length)
    return decide(true, length, cut, parameters) if true is not None else None


def true_scores(scores: Floats, length: int) -> tuple[Beta | None, int]:
    """The distribution of true proportions behind scores of this length, and how many parameters it has."""
    moments = raw_moments(scores, length)
    four = four_parameters(moments)
    if four is not None:
        return four, 4
    return two_parameters(moments[0], moments[1] - moments[0] ** 2), 2


def raw_moments(scores: Floats, length: int) -> tuple[float, float, float, float]:
    """E T, E T², E T³ and E T⁴ of the true proportions: factorial moments of the scores over those of the length (Lord 1965)."""
    found, falling, possible = [], np.ones(len(scores)), 1.0
    for step in range(4):
        falling = falling * (scores - step)
        possible *= length - step
        found.append(float(falling.mean()) / possible if possible else float("nan"))
    return found[0], found[1], found[2], found[3]


def four_parameters(moments: tuple[float, float, float, float]) -> Beta | None:
    """The beta distribution with these raw moments (Hanson 1991), or nothing where there is none within [0, 1]."""
    first, second, third, fourth = moments
    variance = second - first**2
    if not np.isfinite(moments).all() or variance <= 0:
        return None
    skew = (third - 3 * first * second + 2 * first**3) / variance**1.5
    kurtosis = (fourth - 4 * first * third + 6 * first**2 * second - 3 * first**4) / variance**2
    shapes = _shapes(skew, kurtosis)
    if shapes is None:
        return None
    a, b = shapes
    reach = float(np.sqrt(variance * (a + b + 1) / (a * b)))
    found = Beta(a, b, first - a * reach, first + b * reach)
    return found if found.is_sound else None


def _shapes(skew: float, kurtosis: float) -> tuple[float, float] | None:
    below = 6 + 3 * skew**2 - 2 * kurtosis
    total = 6 * (kurtosis - skew**2 - 1) / below if below else float("nan")
    root_of = (total + 2) * (total + 3) * kurtosis - 3 * (total + 1) * (total - 6)
    inside = 1 - 24 * (total + 1) / root_of if root_of else float("nan")
    if not (np.isfinite(inside) and inside >= 0 and total > 0):
        return None
    half, off = total / 2, total / 2 * float(np.sqrt(inside))
    larger, smaller = half + off, half - off
    if smaller <= 0:
        return None
    return (larger, smaller) if skew < 0 else (smaller, larger)


def two_parameters(mean: float, variance: float) -> Beta | None:
    """The beta distribution over [0, 1] with this mean and variance, or nothing where there is none."""
    if variance <= 0 or not 0 < mean < 1:
        return None
    total = mean * (1 - mean) / variance - 1
    found = Beta(mean * total, (1 - mean) * total)
    return found if found.is_sound else None


def decide(true: Beta, length: int, cut: float, parameters: int) -> Classification:
    """The shares at the cut, integrated over the true scores: somebody passes with ⌈cut · length⌉ or more of `length` binomial trials."""
    needed = int(np.ceil(cut * length - 1e-9))
    below = float(betainc(true.a, true.b, np.clip((cut - true.low) / (true.high - true.low), 0, 1)))
    low_chance, low_weight = _chances(true, length, needed, (0.0, below))
    high_chance, high_weight = _chances(true, length, needed, (below, 1.0))
    false_pass, true_pass = float(low_chance @ low_weight), float(high_chance @ high_weight)
    consistency = 1 - 2 * float((low_chance * (1 - low_chance)) @ low_weight + (high_chance * (1 - high_chance)) @ high_weight)
    passing = true_pass + false_pass
    by_chance = passing**2 + (1 - passing) ** 2
    return Classification(
        effective_length=length,
        true_pass=true_pass,
        true_fail=below - false_pass,
        false_pass=false_pass,
        false_fail=(1 - below) - true_pass,
        consistency=consistency,
        kappa=(consistency - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan"),
        parameters=parameters,
    )


def _chances(true: Beta, length: int, needed: int, between: tuple[float, float]) -> tuple[Floats, Floats]:
    """Chances of passing at true scores between two of their quantiles, and what each counts."""
    places, weights = np.polynomial.legendre.leggauss(NODES)
    half = (between[1] - between[0]) / PANELS / 2
    middles = between[0] + half * (2 * np.arange(PANELS) + 1)
    quantiles = np.clip((middles[:, None] + half * places).ravel(), 0, 1)
    counts = np.tile(weights * half, PANELS)
    scores = true.low + (true.high - true.low) * betaincinv(true.a, true.b, quantiles)
    if needed <= 0:
        return np.ones(len(scores)), counts
    if needed > length:
        return np.zeros(len(scores)), counts
    return np.asarray(betainc(needed, length - needed + 1, scores)), counts
