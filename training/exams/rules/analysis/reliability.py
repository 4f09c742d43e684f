"""How much of the differences between candidates' scores is not chance, for fixed and for drawn forms."""

from math import isfinite, sqrt

import numpy as np
from scipy.special import fdtri

from training.exams.rules.analysis.sheet import Floats, Sheet, Whole

TAILS = (0.975, 0.025)
"""What an interval of 95 % leaves out, first of its lower end."""


def cronbach_alpha(marks: Floats) -> float:
    """Cronbach's α (1951), the coefficient of internal consistency: p/(p−1) · (1 − Σ var x / var T), variances with N − 1.

    `marks` has a row a candidate and a column an item, all of the same form. NaN where it is not defined.
    """
    candidates, items = marks.shape
    if candidates < 2 or items < 2:
        return float("nan")
    total = marks.sum(axis=1).var(ddof=1)
    if total <= 0:
        return float("nan")
    return float(items / (items - 1) * (1 - marks.var(axis=0, ddof=1).sum() / total))


def reliability_limits(reliability: float, candidates: int, freedom: int) -> tuple[float, float] | None:
    """The 95 % limits of a reliability: 1 − (1 − r) · F, F with N − 1 and `freedom` degrees of freedom; nothing where it is not defined.

    Of Cronbach's α with (N − 1)(p − 1) degrees (Feldt 1965), of drawn forms with Σ (n_i − 1), as of a one-way analysis of variance (McGraw & Wong 1996).
    """
    if candidates < 2 or freedom < 1 or not isfinite(reliability):
        return None
    low, high = (1 - (1 - reliability) * float(fdtri(candidates - 1, freedom, tail)) for tail in TAILS)
    return low, high


def effective_weights(marks: Floats) -> Floats:
    """The share of the total's differences that each item makes: √cov(x_j, T) / Σ √cov(x_k, T) over the items whose covariance is not negative.

    Items with a negative covariance have none (NaN).
    """
    total = marks.sum(axis=1)
    covariance = ((marks - marks.mean(axis=0)) * (total - total.mean())[:, None]).sum(axis=0) / (len(marks) - 1)
    roots = np.where(covariance >= 0, np.sqrt(np.maximum(covariance, 0)), np.nan)
    whole = np.nansum(roots)
    return np.asarray(roots / whole if whole > 0 else np.full(len(roots), np.nan))


def drawn_reliability(credit: Floats, attempt: Whole, weight: Floats | None = None) -> float:
    """Reliability where every candidate sat items of their own: 1 − mean_i(s²_i / n_i) ÷ var(score proportions).

    s²_i is the variance, with n − 1, of candidate i's item marks. Where items weigh differently, 1 / n_i becomes Σw² / (Σw)², which is the
    same for equal weights. Candidates with fewer than two items say nothing. NaN where it is not defined.
    """
    weight = np.ones(len(credit)) if weight is None else weight
    count = np.bincount(attempt).astype(np.float64)
    enough = count > 1
    if enough.sum() < 2:
        return float("nan")
    sums = [np.bincount(attempt, values)[enough] for values in (credit, credit * credit, weight, weight * weight, weight * credit)]
    count = count[enough]
    within = (sums[1] - sums[0] ** 2 / count) / (count - 1)
    spread = (sums[4] / sums[2]).var(ddof=1)
    return float(1 - (within * sums[3] / sums[2] ** 2).mean() / spread) if spread > 0 else float("nan")


def standard_error(deviation: float, reliability: float) -> float:
    """The standard error of measurement, SD · √(1 − reliability), in the units of the standard deviation. A negative reliability counts as none."""
    return deviation * sqrt(1 - min(max(reliability, 0.0), 1.0))


def fixed_form(sheet: Sheet) -> tuple[Whole, Floats] | None:
    """The items and the marks, candidates × items, where everybody's counted items were the same, at least two; nothing where forms were drawn."""
    counted = sheet.is_counted
    attempt, item = sheet.attempt[counted], sheet.item[counted]
    if not len(attempt):
        return None
    per_attempt, per_item = np.bincount(attempt), np.bincount(item)
    rows, items = int((per_attempt > 0).sum()), np.flatnonzero(per_item)
    if rows * len(items) != len(attempt) or len(items) < 2 or (per_item[items] != rows).any():
        return None
    row = (np.cumsum(per_attempt > 0) - 1)[attempt]
    column = (np.cumsum(per_item > 0) - 1)[item]
    marks = np.full((rows, len(items)), np.nan)
    marks[row, column] = sheet.credit[counted]
    return (items, marks) if not np.isnan(marks).any() else None
