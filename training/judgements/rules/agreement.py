"""How far people agree beyond chance: with a reference, and with one another."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import sqrt
from random import Random
from typing import TypeVar

from training.judgements.rules.intervals import WILSON_Z, Interval

Value = TypeVar("Value", str, float)


@dataclass(frozen=True, slots=True)
class Confusion:
    """How often each answer was given to each reference."""

    categories: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """Rows are the reference, columns the answer, both in the order of the categories."""

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(map(sum, self.counts))


def confusion(pairs: Mapping[tuple[str, str], int]) -> Confusion:
    """The matrix of these counts of (reference, answer)."""
    categories = tuple(sorted({category for pair in pairs for category in pair}))
    return Confusion(categories, tuple(tuple(pairs.get((row, column), 0) for column in categories) for row in categories))


def cohens_kappa(matrix: Confusion) -> float | None:
    """κ = (p_o − p_e) / (1 − p_e) (Cohen 1960). None without answers, and where both sides use one category alone: chance is everything there."""
    total = matrix.total
    if total == 0:
        return None
    agreed = sum(matrix.counts[place][place] for place in range(len(matrix.categories)))
    by_chance = sum(sum(row) * sum(other[place] for other in matrix.counts) for place, row in enumerate(matrix.counts))
    if by_chance == total * total:
        return None
    return (agreed * total - by_chance) / (total * total - by_chance)


def cohens_kappa_interval(matrix: Confusion) -> Interval | None:
    """κ with its 95 % limits for many answers (Fleiss, Cohen & Everitt 1969, formula 13); None where there is no κ."""
    kappa, total = cohens_kappa(matrix), matrix.total
    if kappa is None:
        return None
    places = range(len(matrix.categories))
    cells = [[count / total for count in row] for row in matrix.counts]
    rows, columns = [sum(row) for row in cells], [sum(row[place] for row in cells) for place in places]
    agreed, chance = sum(cells[place][place] for place in places), sum(row * column for row, column in zip(rows, columns, strict=True))
    spread = sum(cells[place][place] * ((1 - chance) - (rows[place] + columns[place]) * (1 - agreed)) ** 2 for place in places)
    spread += (1 - agreed) ** 2 * sum(cells[row][column] * (columns[row] + rows[column]) ** 2 for row in places for column in places if row != column)
    spread -= (agreed * chance - 2 * chance + agreed) ** 2
    reach = WILSON_Z * sqrt(max(spread, 0.0) / total) / (1 - chance) ** 2
    return Interval(max(-1.0, kappa - reach), kappa, min(1.0, kappa + reach))


class Scale(StrEnum):
    """What differences between values mean."""

    NOMINAL = "nominal"
    """Any two are equally far apart."""
    ORDINAL = "ordinal"
    """They are in an order."""
    INTERVAL = "interval"
    """They are numbers whose differences count."""


def krippendorffs_alpha(units: Iterable[Sequence[Value]], *, scale: Scale = Scale.NOMINAL) -> float | None:
    """α = 1 − D_o / D_e from the coincidence matrix (Krippendorff 2011).

    A unit holds the values that it was given, by whomever; units with fewer than two are dropped. Ordinal values are in their
    natural order. None where nothing can be compared, or nothing varies.
    """
    coincidences: dict[tuple[Value, Value], float] = defaultdict(float)
    for unit in units:
        if len(unit) >= 2:
            _add_unit(coincidences, unit)
    totals: dict[Value, float] = defaultdict(float)
    for (value, _other), weight in coincidences.items():
        totals[value] += weight
    distance = _distance(scale, totals)
    expected = sum(totals[one] * totals[other] * distance(one, other) for one, other in combinations(sorted(totals), 2))
    if not expected:
        return None
    observed = sum(weight * distance(*pair) for pair, weight in coincidences.items()) / 2
    return 1 - (sum(totals.values()) - 1) * observed / expected


REPLICATES = 1_000
_SEED = 20_110_101
_TAIL = 0.025


def krippendorffs_alpha_interval(units: Sequence[Sequence[Value]], *, scale: Scale = Scale.NOMINAL) -> Interval | None:
    """α with 95 % limits: percentiles of a bootstrap over the units (Efron & Tibshirani 1993, chapter 13), by a fixed seed, so that it is always the same.

    A draw of units in which nothing varies counts as 1: all agree. None where there is no α.
    """
    point, compared = krippendorffs_alpha(units, scale=scale), [unit for unit in units if len(unit) >= 2]
    if point is None:
        return None
    draw = Random(_SEED)
    drawn = (krippendorffs_alpha(draw.choices(compared, k=len(compared)), scale=scale) for _ in range(REPLICATES))
    ordered = sorted(1.0 if alpha is None else alpha for alpha in drawn)
    low, high = ordered[round(_TAIL * (REPLICATES - 1))], ordered[round((1 - _TAIL) * (REPLICATES - 1))]
    return Interval(min(low, point), point, max(high, point))


def _add_unit(coincidences: dict[tuple[Value, Value], float], unit: Sequence[Value]) -> None:
    """Every ordered pair of two different raters' values, each unit weighing as many values as it has."""
    counts = Counter(unit)
    for one, count in counts.items():
        for other, more in counts.items():
            coincidences[one, other] += count * (more - (one == other)) / (len(unit) - 1)


def _distance(scale: Scale, totals: Mapping[Value, float]) -> Callable[[Value, Value], float]:
    """δ² of two values on this scale; the ordinal one counts how many values lie between."""
    ordered = sorted(totals)

    def between(one: Value, other: Value) -> float:
        low, high = sorted((one, other))
        ranks = sum(totals[value] for value in ordered if low <= value <= high)
        return (ranks - (totals[low] + totals[high]) / 2) ** 2

    def apart(one: Value, other: Value) -> float:
        return (float(one) - float(other)) ** 2

    def unlike(one: Value, other: Value) -> float:
        return float(one != other)

    return {Scale.NOMINAL: unlike, Scale.ORDINAL: between, Scale.INTERVAL: apart}[scale]


def pairwise_agreement(units: Iterable[Sequence[Value]]) -> float | None:
    """The share of equal pairs among all pairs of values that the same unit was given; None without a pair."""
    equal = total = 0
    for unit in units:
        total += len(unit) * (len(unit) - 1) // 2
        equal += sum(count * (count - 1) // 2 for count in Counter(unit).values())
    return equal / total if total else None
