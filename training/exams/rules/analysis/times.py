"""How long answers took: quartiles and columns for every item version of a sheet at once."""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from training.exams.rules.analysis.figures import Times
from training.exams.rules.analysis.items import short_indices
from training.exams.rules.analysis.sheet import Floats, Sheet, Whole
from training.exams.rules.integrity.speed import ANSWERS_FOR_A_MEDIAN, LEAST_SECONDS, SHARE_OF_MEDIAN

COLUMNS = 12
STEPS = np.array([1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200], dtype=np.int64)
"""How many seconds a column may be wide."""
SHARES = (0.25, 0.5, 0.75, 0.95)
"""The quartiles, and the share of the answers that is in the columns before the last, unless they take hours."""
MIDDLE = 1


@dataclass(frozen=True, slots=True)
class Known:
    """The answers of which it is known how long they took, the quickest first."""

    where: Whole
    """Their indices in the sheet."""
    item: NDArray[np.integer]
    seconds: Whole


@dataclass(frozen=True, slots=True)
class ItemTimes:
    """One entry an item: its median time, that as a multiple of its forms', and how its times are spread."""

    medians: Floats
    slowness: Floats
    reports: list[Times | None]


def item_times(sheet: Sheet) -> ItemTimes:
    """All that is kept of times. What it sorts for it is as large as the sheet, and is let go of with it."""
    known = known_times(sheet)
    found = quantiles(sheet, known)
    medians = found[:, MIDDLE]
    return ItemTimes(medians, slowness(sheet, known, medians), time_reports(sheet, known, found))


def known_times(sheet: Sheet) -> Known:
    """Those of a sheet, in order."""
    known = np.flatnonzero(sheet.seconds > 0)
    where = known[np.argsort(sheet.seconds[known], kind="stable")]
    return Known(where, short_indices(sheet.item[where]), sheet.seconds[where].astype(np.int64))


def quantiles(sheet: Sheet, known: Known) -> Floats:
    """Per item its quantiles, a column for each of the shares: between the two nearest answers in proportion (Hyndman & Fan 1996, definition 7).

    NaN where no time is known.
    """
    return _quantiles(known.item, known.seconds, sheet.item_count, SHARES)


def slowness(sheet: Sheet, known: Known, medians: Floats) -> Floats:
    """Per item its median time as a multiple of its forms' own medians (their mean)."""
    attempt = sheet.attempt[known.where]
    of_form = _quantiles(short_indices(attempt), known.seconds, int(sheet.attempt.max(initial=-1)) + 1, (0.5,))[:, 0]
    with np.errstate(invalid="ignore", divide="ignore"):
        usual = np.bincount(known.item, of_form[attempt], sheet.item_count) / np.bincount(known.item, minlength=sheet.item_count)
        return np.asarray(medians / usual)


def time_reports(sheet: Sheet, known: Known, found: Floats) -> list[Times | None]:
    """Per item how its times are spread; `found` are its quantiles. Nothing where no time is known."""
    size = sheet.item_count
    counts = np.bincount(known.item, minlength=size)
    steps = _steps(found[:, -1])
    column = np.minimum(known.seconds // steps[known.item], COLUMNS - 1)
    columns = np.bincount(known.item.astype(np.int64) * COLUMNS + column, minlength=size * COLUMNS).reshape(-1, COLUMNS)
    limits = np.where(counts >= ANSWERS_FOR_A_MEDIAN, np.maximum(SHARE_OF_MEDIAN * found[:, MIDDLE], LEAST_SECONDS), LEAST_SECONDS)
    rapid = np.bincount(known.item[known.seconds < limits[known.item]], minlength=size)
    is_right = sheet.credit[known.where] >= 1
    by_outcome = _quantiles(short_indices(known.item.astype(np.int64) * 2 + is_right), known.seconds, 2 * size, (0.5,)).reshape(-1, 2)
    rows = zip(counts.tolist(), found.tolist(), steps.tolist(), columns.tolist(), rapid.tolist(), by_outcome.tolist(), strict=True)
    return [
        Times(count, lower, middle, upper, step, tuple(of_item), rapid_count, known_or_none(of_right), known_or_none(of_wrong)) if count else None
        for count, (lower, middle, upper, _), step, of_item, rapid_count, (of_wrong, of_right) in rows
    ]


def known_or_none(value: float) -> float | None:
    """A figure, or nothing where there is none."""
    return value if isfinite(value) else None


def _steps(nearly_all: Floats) -> Whole:
    """The smallest step of which all columns but the last reach so far."""
    needed = np.nan_to_num(nearly_all) / (COLUMNS - 1)
    return STEPS[np.minimum(np.searchsorted(STEPS, needed), len(STEPS) - 1)]


def _quantiles(group: NDArray[np.integer], ascending: Whole, size: int, shares: tuple[float, ...]) -> Floats:
    """The quantiles of each group of values that are in ascending order, a column each; NaN for an empty group."""
    ordered = ascending[np.argsort(group, kind="stable")].astype(np.float64)
    counts = np.bincount(group, minlength=size)
    starts = (np.cumsum(counts) - counts)[counts > 0]
    result = np.full((size, len(shares)), np.nan)
    for column, share in enumerate(shares):
        place = (counts[counts > 0] - 1) * share
        low = np.floor(place).astype(np.int64)
        below, above = ordered[starts + low], ordered[starts + np.ceil(place).astype(np.int64)]
        result[counts > 0, column] = below + (above - below) * (place - low)
    return result
