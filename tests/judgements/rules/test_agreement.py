"""Agreement by values: published examples, an independent way of reckoning, and what cannot be said."""

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.judgements.rules import Confusion, Interval, Scale, cohens_kappa, cohens_kappa_interval, confusion, krippendorffs_alpha, pairwise_agreement

COHEN_1968 = Confusion(("a", "b", "c"), ((88, 14, 18), (10, 40, 10), (2, 6, 12)))


def test_kappas_limits_are_those_of_the_delta_method() -> None:
    """Reckoned by moving each cell a little: the variance of a smooth function of multinomial shares."""
    cells = np.array(COHEN_1968.counts) / 200

    def kappa_of(shares: np.ndarray) -> float:
        chance = shares.sum(1) @ shares.sum(0)
        return float((np.trace(shares) - chance) / (1 - chance))

    slopes = np.zeros_like(cells)
    for place in np.ndindex(cells.shape):
        moved = np.zeros_like(cells)
        moved[place] = 1e-6
        slopes[place] = (kappa_of(cells + moved) - kappa_of(cells - moved)) / 2e-6
    deviation = float(np.sqrt(((slopes**2 * cells).sum() - (slopes * cells).sum() ** 2) / 200))
    found = cohens_kappa_interval(COHEN_1968)
    assert found is not None
    assert (found.low, found.high) == (pytest.approx(found.point - 1.959964 * deviation, abs=1e-6), pytest.approx(found.point + 1.959964 * deviation, abs=1e-6))


@pytest.mark.parametrize(("pairs", "expected"), [({("a", "a"): 9}, None), ({("a", "a"): 5, ("b", "b"): 5}, Interval(1, 1, 1))])
def test_kappas_limits_at_its_edges(pairs: dict[tuple[str, str], int], expected: Interval | None) -> None:
    assert cohens_kappa_interval(confusion(pairs)) == expected


KRIPPENDORFF_2011 = ("123321412...", "1233224125.3", ".3332342251.", "1233244125 1.".replace(" ", ""))
"""Four observers by twelve units; a dot is a missing value."""


def units() -> list[list[int]]:
    return [[int(value) for value in unit if value != "."] for unit in zip(*KRIPPENDORFF_2011, strict=True)]


def test_cohens_example_of_1968() -> None:
    assert cohens_kappa(COHEN_1968) == pytest.approx(0.4915254, abs=5e-8)


def test_a_matrix_has_the_reference_down_and_the_answers_across() -> None:
    matrix = confusion(Counter({("PRO", "PRO"): 3, ("PRO", "OUT"): 2, ("IPR", "PRO"): 1}))
    assert matrix == Confusion(("IPR", "OUT", "PRO"), ((0, 0, 1), (0, 0, 0), (0, 2, 3)))
    assert matrix.total == 6


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ({}, None),
        ({("a", "a"): 9}, None),
        ({("a", "a"): 5, ("b", "b"): 5}, 1.0),
        ({("a", "b"): 5, ("b", "a"): 5}, -1.0),
        ({("a", "a"): 5, ("b", "a"): 5}, 0.0),
        ({("a", "a"): 25, ("a", "b"): 25, ("b", "a"): 25, ("b", "b"): 25}, 0.0),
    ],
)
def test_agreement_beyond_chance_at_its_edges(pairs: dict[tuple[str, str], int], kappa: float | None) -> None:
    assert cohens_kappa(confusion(pairs)) == kappa


@pytest.mark.parametrize(("scale", "alpha"), [(Scale.NOMINAL, 0.743421), (Scale.ORDINAL, 0.815388), (Scale.INTERVAL, 0.849107)])
def test_krippendorffs_example_of_2011(scale: Scale, alpha: float) -> None:
    assert krippendorffs_alpha(units(), scale=scale) == pytest.approx(alpha, abs=5e-7)


@pytest.mark.parametrize("given_units", [[], [["a"]], [["a"], ["b"]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_is_compared_or_nothing_varies_there_is_no_alpha(given_units: list[list[str]]) -> None:
    assert krippendorffs_alpha(given_units) is None


def test_units_with_one_value_change_nothing() -> None:
    pairs = [["a", "a"], ["a", "b"], ["b", "b"], ["b", "b"]]
    assert krippendorffs_alpha([*pairs, ["a"], []]) == krippendorffs_alpha(pairs)


@pytest.mark.parametrize(
    ("given_units", "share"), [([], None), ([["a"]], None), ([["a", "b"]], 0.0), ([["a", "a", "b"]], 1 / 3), ([["a", "a", "b"], ["a", "a"]], 0.5)]
)
def test_pairwise_agreement_is_of_all_pairs(given_units: list[list[str]], share: float | None) -> None:
    assert pairwise_agreement(given_units) == share


def by_all_pairs(values: Sequence[Sequence[int]]) -> float | None:
    """Nominal α without a coincidence matrix: disagreeing pairs within units over disagreeing pairs of all values."""
    pairable = [unit for unit in values if len(unit) > 1]
    within = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in pairable)
    every = [value for unit in pairable for value in unit]
    between = sum(a != b for a, b in permutations(every, 2))
    return 1 - (len(every) - 1) * within / between if between else None


@given(st.lists(st.lists(st.integers(1, 4), max_size=5), max_size=12))
def test_alpha_is_that_of_all_pairs(values: list[list[int]]) -> None:
    expected = by_all_pairs(values)
    assert krippendorffs_alpha(values) == (None if expected is None else pytest.approx(expected))
