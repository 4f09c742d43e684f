"""Figures of items over a sheet of first attempts: every function gives one value an item version, NaN where there is none."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.exams.rules.analysis.figures import Chosen
from training.exams.rules.analysis.sheet import Cells, Floats, Sheet, Whole

THIRDS, FIFTHS = 3, 5
TOP_THIRD = THIRDS - 1


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


def rest_order(sheet: Sheet, rests: Floats) -> Whole:
    """The indices of all answers that have a rest, by item and within it by rest, the lowest first."""
    known = np.flatnonzero(np.isfinite(rests))
    steps = np.rint(rests[known] * 60_000).astype(np.uint16)
    by_rest = np.argsort(steps, kind="stable")
    return known[by_rest[np.argsort(short_indices(sheet.item[known][by_rest]), kind="stable")]]


def short_indices(indices: Whole) -> NDArray[np.integer]:
    """These indices in two bytes where that is enough: sorting those takes a tenth of the time."""
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


def groups_by_rest(sheet: Sheet, rests: Floats, order: Whole) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """For each answer the third and the fifth of its item's candidates, by rest: 0 the lowest; −1 without a rest.

    Equal rests share a group: that of the middle of their ranks.
    """
    third, fifth = (np.full(len(sheet.item), -1, dtype=np.int8) for _ in range(2))
    if not len(order):
        return third, fifth
    item, rest = sheet.item[order], rests[order]
    counts = np.bincount(item, minlength=sheet.item_count)
    starts = np.cumsum(counts) - counts
    is_new = np.r_[True, (item[1:] != item[:-1]) | (rest[1:] != rest[:-1])]
    alike = np.cumsum(is_new) - 1
    first = np.flatnonzero(is_new)
    size = np.diff(np.r_[first, len(order)])
    middle = (first + (size - 1) / 2)[alike] - starts[item]
    share = (middle + 0.5) / counts[item]
    for group, group_count in ((third, THIRDS), (fifth, FIFTHS)):
        group[order] = np.minimum(group_count * share, group_count - 1).astype(np.int8)
    return third, fifth


def answers_given(sheet: Sheet, cells: Cells, rests: Floats, groups: tuple[NDArray[np.int8], NDArray[np.int8]]) -> dict[int, list[Chosen]]:
    """Per item index every answer that was given, the most frequent first; blank ones (code 0) too; `groups` are the thirds and the fifths."""
    thirds, fifths = _counted(cells, groups[0], THIRDS), _counted(cells, groups[1], FIFTHS)
    known = np.isfinite(rests)
    rest = np.bincount(cells.where[known], rests[known], len(cells.keys))
    right = np.bincount(cells.where, sheet.credit >= 1, len(cells.keys))
    found: dict[int, list[Chosen]] = {}
    rows = zip(cells.item.tolist(), cells.code.tolist(), thirds.tolist(), fifths.tolist(), right.tolist(), rest.tolist(), strict=True)
    for item, code, by_third, by_fifth, right_count, earned in rows:
        lower, middle, upper = by_third[1:]
        ranked = lower + middle + upper
        found.setdefault(item, []).append(
            Chosen(code, sum(by_third), (lower, middle, upper), int(right_count), tuple(by_fifth[1:]), earned / ranked if ranked else None)
        )
    for given in found.values():
        given.sort(key=lambda each: (-each.count, each.code))
    return found


def _counted(cells: Cells, group: NDArray[np.int8], group_count: int) -> Whole:
    """How many of each cell are in no group, and in each."""
    width = group_count + 1
    return np.bincount(cells.where * width + group + 1, minlength=width * len(cells.keys)).reshape(-1, width)
