"""What shares are worth."""

import pytest

from training.judgements.rules import highest_rate_behind_none


@pytest.mark.parametrize(("count", "rate"), [(0, 1.0), (1, 0.95), (10, 0.258866), (20, 0.139108), (30, 0.095034)])
def test_what_zero_misses_prove(count: int, rate: float) -> None:
    assert highest_rate_behind_none(count) == pytest.approx(rate, abs=5e-7)
