"""Limits of quantiles: published ranks, and how often they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from training.judgements.rules import quantile_limits


@pytest.mark.parametrize(
    ("count", "share", "limits"),
    [(10, 0.5, (2, 9)), (11, 0.5, (2, 10)), (25, 0.5, (8, 18)), (100, 0.5, (40, 61)), (100, 0.9, (84, 96)), (1, 0.5, (1, 1)), (5, 0.5, (1, 5))],
)
def test_the_limits_are_these_ranks(count: int, share: float, limits: tuple[int, int]) -> None:
    assert quantile_limits(list(range(1, count + 1)), share) == limits


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("count", [40, 63, 200])
def test_they_cover_the_quantile_as_often_as_they_say(count: int, share: float) -> None:
    """The chance that the quantile lies between two ranks is that of so many values below it."""
    low, high = quantile_limits(list(range(1, count + 1)), share)
    assert binom.cdf(high - 1, count, share) - binom.cdf(low - 1, count, share) >= 0.95


@given(st.lists(st.floats(0, 1e5), min_size=1, max_size=80), st.sampled_from([0.5, 0.9]))
def test_they_are_two_of_the_values_in_their_order(values: list[float], share: float) -> None:
    low, high = quantile_limits(sorted(values), share)
    assert low <= high
    assert {low, high} <= set(values)
