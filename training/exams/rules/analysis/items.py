"""Figures of items over a sheet of first attempts: every function gives one value an item version, NaN where there is none."""

from dataclasses import dataclass
from math import atanh, isfinite, sqrt, tanh

import numpy as np
from numpy.typing import NDArray

from training.exams.rules.analysis.figures import Chosen
from training.exams.rules.analysis.sheet import Cells, Floats, Sheet, Whole
from training.judgements.rules import WILSON_Z, Interval

TOP_THIRD = 2


@dataclass(frozen=True, slots=True)
class Moments:
    """Counts, means and (co)variances of item marks x and rest proportions r, per item, with N − 1 below."""

    count: Floats
    mean: Floats
    mark_variance: Floats
    rest_variance: Floats
    covariance: Floats


def moments(sheet: Sheet, rests: Floats) -> Moments:
    """The sums behind facility and discrimination, over the answers that have a rest."""
    known = np.isfinite(rests)
    item, mark, rest = sheet.item[known], sheet.credit[known], rests[known]
    size = sheet.item_count
    count = np.bincount(item, minlength=size).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        off_mark = mark - (np.bincount(item, mark, size) / count)[item]
        off_rest = rest - (np.bincount(item, rest, size) / count)[item]
        below = np.where(count > 1, count - 1, np.nan)
        return Moments(
            count=sheet.per_item(),
            mean=sheet.per_item(sheet.credit) / sheet.per_item(),
            mark_variance=np.bincount(item, off_mark * off_mark, size) / below,
            rest_variance=np.bincount(item, off_rest * off_rest, size) / below,
            covariance=np.bincount(item, off_mark * off_rest, size) / below,
        )


def discrimination(found: Moments) -> Floats:
    """The correlation of the item mark with the rest, −1 to 1: cov(x, R) / √(var x · var R) (Moodle's index, without its factor 100)."""
    spread = np.sqrt(found.mark_variance * found.rest_variance)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(spread > 1e-12, found.covariance / spread, np.nan))


def correlation_interval(correlation: float, count: int) -> Interval | None:
    """A correlation with its 95 % limits by Fisher's transformation (Fisher 1921): tanh(atanh r ± 1.96 / √(N − 3)); nothing below four answers."""
    if count < 4 or not isfinite(correlation):
        return None
    if abs(correlation) >= 1:
        return Interval(correlation, correlation, correlation)
    reach = WILSON_Z / sqrt(count - 3)
    centre = atanh(correlation)
    return Interval(tanh(centre - reach), correlation, tanh(centre + reach))


def rest_order(sheet: Sheet, rests: Floats) -> Whole:
    """The indices of all answers that have a rest, by item and within it by rest, the lowest first."""
    known = np.flatnonzero(np.isfinite(rests))
    steps = np.rint(rests[known] * 60_000).astype(np.uint16)
    by_rest = np.argsort(steps, kind="stable")
    return known[by_rest[np.argsort(_short(sheet.item[known][by_rest]), kind="stable")]]


def _short(indices: Whole) -> NDArray[np.integer]:
    """The same in two bytes where that is enough: sorting those takes a tenth of the time."""
    return indices.astype(np.uint16) if not len(indices) or indices.max() < 65_536 else indices


def efficiency(sheet: Sheet, rests: Floats, order: Whole, found: Moments) -> Floats:
    """How much of the discrimination that the marks and rests allow is reached: cov(x, R) / cov(sorted x, sorted R), at most 1."""
    item, rest = sheet.item[order], rests[order]
    best_first = order[np.lexsort((sheet.credit[order], item))] if _has_partial(sheet) else None
    mark = sheet.credit[best_first] if best_first is not None else _ones_last(sheet.credit[order], item, sheet.item_count)
    size = sheet.item_count
    count = np.bincount(item, minlength=size).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        off_mark = mark - (np.bincount(item, mark, size) / count)[item]
        largest = np.bincount(item, off_mark * rest, size) / np.where(count > 1, count - 1, np.nan)
        return np.asarray(np.where(largest > 1e-12, found.covariance / largest, np.nan))


def _has_partial(sheet: Sheet) -> bool:
    return bool(((sheet.credit > 0) & (sheet.credit < 1)).any())


def _ones_last(mark: Floats, item: Whole, size: int) -> Floats:
    """Marks of 0 and 1 sorted within each item, whose answers stand together."""
    ends = np.cumsum(np.bincount(item, minlength=size))
    right = np.bincount(item, mark, size)
    return (np.arange(len(item)) >= (ends - right)[item]).astype(np.float64)


def thirds(sheet: Sheet, rests: Floats, order: Whole) -> NDArray[np.int8]:
    """For each answer the third of its item's candidates, by rest: 0 the lowest, 2 the highest; −1 without a rest.

    Equal rests share a third: that of the middle of their ranks.
    """
    result = np.full(len(sheet.item), -1, dtype=np.int8)
    if not len(order):
        return result
    item, rest = sheet.item[order], rests[order]
    counts = np.bincount(item, minlength=sheet.item_count)
    starts = np.cumsum(counts) - counts
    is_new = np.r_[True, (item[1:] != item[:-1]) | (rest[1:] != rest[:-1])]
    group = np.cumsum(is_new) - 1
    first = np.flatnonzero(is_new)
    size = np.diff(np.r_[first, len(order)])
    middle = (first + (size - 1) / 2)[group] - starts[item]
    result[order] = np.minimum(3 * (middle + 0.5) / counts[item], TOP_THIRD).astype(np.int8)
    return result


def answers_given(sheet: Sheet, cells: Cells, third: NDArray[np.int8]) -> dict[int, list[Chosen]]:
    """Per item index every answer that was given, the most frequent first; blank ones (code 0) too."""
    size = len(cells.keys)
    counts = np.bincount(cells.where * 4 + third + 1, minlength=4 * size).reshape(-1, 4)
    right = np.bincount(cells.where, sheet.credit >= 1, size)
    found: dict[int, list[Chosen]] = {}
    for item, code, count, right_count in zip(cells.item.tolist(), cells.code.tolist(), counts.tolist(), right.tolist(), strict=True):
        found.setdefault(item, []).append(Chosen(code, sum(count), (count[1], count[2], count[3]), int(right_count)))
    for given in found.values():
        given.sort(key=lambda each: (-each.count, each.code))
    return found


def times(sheet: Sheet) -> tuple[Floats, Floats]:
    """Per item the median time of its answers, and that as a multiple of its forms' own medians (their mean); NaN where no time is known."""
    known = np.flatnonzero(sheet.seconds > 0)
    by_time = known[np.argsort(sheet.seconds[known], kind="stable")]
    of_item = _medians(sheet.item[by_time], sheet.seconds[by_time], sheet.item_count)
    of_form = _medians(sheet.attempt[by_time], sheet.seconds[by_time], int(sheet.attempt.max(initial=-1)) + 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = np.bincount(sheet.item[known], of_form[sheet.attempt[known]], sheet.item_count) / np.bincount(sheet.item[known], minlength=sheet.item_count)
        return of_item, of_item / usual


def _medians(group: Whole, ascending: NDArray[np.uint16], size: int) -> Floats:
    """The median of each group of values that are in ascending order."""
    ordered = ascending[np.argsort(_short(group), kind="stable")].astype(np.float64)
    counts = np.bincount(group, minlength=size)
    starts = np.cumsum(counts) - counts
    result = np.full(size, np.nan)
    filled = counts > 0
    low = starts[filled] + (counts[filled] - 1) // 2
    high = starts[filled] + counts[filled] // 2
    result[filled] = (ordered[low] + ordered[high]) / 2
    return result
