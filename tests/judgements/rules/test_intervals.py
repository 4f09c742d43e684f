"""What shares are worth."""

import pytest

from training.judgements.rules import difference, highest_rate_behind_none, wilson


@pytest.mark.parametrize(("count", "rate"), [(0, 1.0), (1, 0.95), (10, 0.258866), (20, 0.139108), (30, 0.095034)])
def test_what_zero_misses_prove(count: int, rate: float) -> None:
    assert highest_rate_behind_none(count) == pytest.approx(rate, abs=5e-7)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((10, 10), (0, 20), 0.6791, 1.0), ((10, 10), (0, 10), 0.6075, 1.0)],
)
def test_two_shares_differ_within_newcombes_limits(one: tuple[int, int], other: tuple[int, int], low: float, high: float) -> None:
    """The worked contrasts of Newcombe (1998), method 10."""
    first, second = wilson(*one), wilson(*other)
    assert first is not None
    assert second is not None
    found = difference(first, second)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)
