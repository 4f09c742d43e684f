"""The evidence that somebody errs too often: held against other people's formulas, and against what it promises."""

from math import comb, exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaln
from scipy.stats import beta

from training.quality.rules import STANDARD, Standard, log_evidence


def by_the_book(n: int, k: int, standard: Standard = STANDARD) -> float:
    """MEASUREMENT §8 word for word, with SciPy's functions."""
    a, b, e0 = standard.prior_errors, standard.prior_rights, standard.acceptable_error
    found = betaln(a + k, b + n - k) + beta.logsf(e0, a + k, b + n - k) - betaln(a, b) - beta.logsf(e0, a, b)
    return float(found - k * log(e0) - (n - k) * log(1 - e0))


@given(st.integers(0, 400).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))))
def test_it_is_the_formula(counts: tuple[int, int]) -> None:
    assert log_evidence(*counts) == pytest.approx(by_the_book(*counts), abs=1e-9)


@pytest.mark.parametrize("n", [0, 1, 7, 60, 250])
def test_whoever_errs_exactly_as_often_as_is_acceptable_expects_one(n: int) -> None:
    """A fair bet, whenever one looks: that is why it may be looked at after every audit."""
    e0 = STANDARD.acceptable_error
    assert sum(comb(n, k) * e0**k * (1 - e0) ** (n - k) * exp(log_evidence(n, k)) for k in range(n + 1)) == pytest.approx(1)


@pytest.mark.parametrize(("n", "k", "proposed"), [(0, 0, False), (5, 5, True), (4, 4, True), (3, 3, False), (50, 8, False), (100, 20, True), (1000, 80, False)])
def test_how_much_it_takes(n: int, k: int, proposed: bool) -> None:
    assert (log_evidence(n, k) >= STANDARD.threshold) is proposed


def test_a_long_time_without_errors_underflows_nowhere() -> None:
    assert log_evidence(100_000, 0) == pytest.approx(-log(1 - 0.08) * -4 - log(100_004) + log(4) + 4 * -log(1 - 0.08), abs=20)
    assert np.isfinite(log_evidence(100_000, 100_000))
    assert log_evidence(100_000, 3) < log_evidence(100_000, 4) < log_evidence(100_000, 5)


@pytest.mark.parametrize("counts", [(-1, 0), (3, 4), (3, -1)])
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        log_evidence(*counts)
