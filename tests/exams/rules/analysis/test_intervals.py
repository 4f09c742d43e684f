"""Intervals of differences against Newcombe's published examples and SciPy."""

import numpy as np
import pytest
from scipy.stats import pearsonr, ttest_ind

from training.exams.rules.analysis.intervals import correlation_interval, difference, mean_difference
from training.judgements.rules import Interval, wilson


def test_the_interval_of_a_correlation_is_fishers() -> None:
    found = correlation_interval(0.25, 100)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0563489, 0.4255230), abs=5e-8)
    assert correlation_interval(0.25, 3) is None
    assert correlation_interval(float("nan"), 100) is None


def test_the_interval_of_a_correlation_is_scipys() -> None:
    random = np.random.default_rng(3)
    one = random.normal(size=50)
    other = one + random.normal(size=50)
    expected = pearsonr(one, other).confidence_interval(0.95)
    found = correlation_interval(float(np.corrcoef(one, other)[0, 1]), 50)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-4)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_differences_of_shares_are_those_of_newcombe(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17: 873-890, table II, method 10."""
    first, second = wilson(*other), wilson(*one)
    assert first is not None and second is not None
    found = difference(first, second)
    assert found.point == pytest.approx(one[0] / one[1] - other[0] / other[1])
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_a_difference_the_other_way_round_is_the_same_with_the_other_sign() -> None:
    one, other = Interval(0.1, 0.3, 0.6), Interval(0.4, 0.5, 0.9)
    found, back = difference(one, other), difference(other, one)
    assert (back.low, back.point, back.high) == pytest.approx((-found.high, -found.point, -found.low))


@pytest.mark.parametrize(("count", "other_count"), [(10, 12), (30, 400), (9, 9)])
def test_differences_of_means_are_those_of_scipy(count: int, other_count: int) -> None:
    random = np.random.default_rng(count)
    one, other = random.normal(0.8, 0.1, count), random.normal(0.75, 0.2, other_count)
    expected = ttest_ind(other, one, equal_var=False).confidence_interval(0.95)
    found = mean_difference((one.mean(), one.std(ddof=1), count), (other.mean(), other.std(ddof=1), other_count))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=2e-5)


def test_means_of_which_nothing_is_known_have_no_difference() -> None:
    assert mean_difference((1.0, 0.0, 1), (1.0, 0.1, 30)) is None
    assert mean_difference((0.5, 0.0, 10), (0.75, 0.0, 10)) == Interval(0.25, 0.25, 0.25)
