"""How fast somebody decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from training.judgements.rules import Interval, pace_of, quantile


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        (range(1, 11), 0.5, Interval(2, 5.5, 9)),
        (range(1, 12), 0.5, Interval(2, 6, 10)),
        (range(1, 101), 0.5, Interval(40, 50.5, 61)),
        (range(1, 101), 0.9, Interval(84, 90.5, 96)),
        ([7.0], 0.5, Interval(7, 7, 7)),
    ],
)
def test_quantiles_have_limits_that_are_values(values: list[float], share: float, expected: Interval) -> None:
    assert quantile(list(values), share) == expected


@pytest.mark.parametrize("share", [0.5, 0.9])
@pytest.mark.parametrize("count", [40, 63, 200])
def test_the_limits_cover_the_quantile_as_often_as_they_say(count: int, share: float) -> None:
    """They are ranks: the chance that the quantile lies between them is that of so many values below it."""
    found = quantile(list(range(1, count + 1)), share)
    assert binom.cdf(found.high - 1, count, share) - binom.cdf(found.low - 1, count, share) >= 0.95


@pytest.mark.parametrize(("count", "is_said", "has_slow"), [(0, False, False), (9, False, False), (10, True, False), (39, True, False), (40, True, True)])
def test_few_answers_have_no_pace_and_a_few_more_no_ninth_decile(count: int, is_said: bool, has_slow: bool) -> None:
    found = pace_of([30.0] * count)
    assert (found is not None) is is_said
    assert (found is not None and found.slow is not None) is has_slow


def test_cases_an_hour_follow_from_the_median() -> None:
    found = pace_of([20.0] * 6 + [40.0] * 20 + [4000.0] * 6)
    assert found is not None
    assert (found.median.point, found.cases_an_hour, found.count) == (40, 90, 32)
    nothing = pace_of([0.0] * 10)
    assert nothing is not None and nothing.cases_an_hour == 0


@given(st.lists(st.floats(0, 1e5), min_size=10, max_size=80), st.sampled_from([0.5, 0.9]))
def test_a_quantile_lies_within_its_limits(values: list[float], share: float) -> None:
    found = quantile(sorted(values), share)
    assert min(values) <= found.low <= found.point <= found.high <= max(values)
