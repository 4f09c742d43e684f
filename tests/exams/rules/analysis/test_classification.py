"""Livingston and Lewis: the parts against closed forms, the whole against exact arithmetic and against a simulation."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest

from training.exams.rules.analysis.classification import Beta, classify, decide, effective_length, four_parameters, raw_moments, true_scores, two_parameters


def exact_integral(a: int, b: int, length: int, right: int, upto: Fraction) -> Fraction:
    """∫₀^upto of the Beta(a, b) density times the chance of `right` of `length`: a polynomial, term by term."""
    power, other = a - 1 + right, b - 1 + length - right
    terms = (Fraction((-1) ** k * comb(other, k)) * upto ** (power + k + 1) / (power + k + 1) for k in range(other + 1))
    whole = Fraction(a * comb(a + b - 1, a))
    return whole * comb(length, right) * sum(terms, Fraction(0))


def test_the_shares_match_exact_arithmetic() -> None:
    """Beta(8, 3), 20 items, cut .7: polynomials with rational coefficients, to six digits and more."""
    found = decide(Beta(8, 3), 20, 0.7, 2)
    cut, one = Fraction(7, 10), Fraction(1)
    false_pass = sum(exact_integral(8, 3, 20, right, cut) for right in range(14, 21))
    false_fail = sum(exact_integral(8, 3, 20, right, one) - exact_integral(8, 3, 20, right, cut) for right in range(14))
    assert found.false_pass == pytest.approx(float(false_pass), abs=1e-7)
    assert found.false_fail == pytest.approx(float(false_fail), abs=1e-7)
    assert found.accuracy == pytest.approx(1 - float(false_pass) - float(false_fail), abs=1e-7)
    below = float(exact_integral(8, 3, 0, 0, cut))
    assert found.true_fail + found.false_pass == pytest.approx(below, abs=1e-7)


def test_consistency_matches_exact_arithmetic() -> None:
    """Beta(1, 1) and one item at cut ½: Σ E[P²] + E[(1−P)²] = 1/3 + 1/3, and κ = (2/3 − ½) / ½ = 1/3."""
    found = decide(Beta(1, 1), 1, 0.5, 2)
    assert found.consistency == pytest.approx(2 / 3, abs=1e-9)
    assert found.kappa == pytest.approx(1 / 3, abs=1e-9)
    assert found.false_pass == pytest.approx(1 / 8, abs=1e-9)


def test_the_effective_length_matches_the_calculation_by_hand() -> None:
    """(.8 · .2 − .8 · .01) / (.01 · .2) = 76."""
    assert effective_length(0.8, 0.01, 0.8) == pytest.approx(76)


def test_four_parameters_are_found_back_from_their_moments() -> None:
    """Raw moments of low + width · Beta(a, b), expanded."""
    a, b, low, width = 5.0, 2.0, 0.3, 0.6
    plain = [1.0]
    for step in range(4):
        plain.append(plain[-1] * (a + step) / (a + b + step))
    moments = [sum(comb(order, k) * low ** (order - k) * width**k * plain[k] for k in range(order + 1)) for order in range(1, 5)]
    found = four_parameters((moments[0], moments[1], moments[2], moments[3]))
    assert found is not None
    assert (found.a, found.b, found.low, found.high) == pytest.approx((5, 2, 0.3, 0.9), abs=1e-6)


def test_moments_that_four_parameters_cannot_have_fall_back_to_two() -> None:
    scores = np.array([0.0] * 20 + [9.0] * 10 + [10.0] * 70)
    found, parameters = true_scores(scores, 10)
    assert found is not None
    assert parameters == 2
    assert (found.low, found.high) == (0, 1)


def test_two_parameters_match_the_calculation_by_hand() -> None:
    """Mean .75 and variance .0375: total .1875 / .0375 − 1 = 4, so Beta(3, 1)."""
    found = two_parameters(0.75, 0.0375)
    assert found is not None
    assert (found.a, found.b) == pytest.approx((3, 1))
    assert two_parameters(0.5, 0.3) is None


def test_factorial_moments_are_unbiased() -> None:
    """Scores 2 and 4 of 4: E X(X−1) / (4 · 3) = (2 + 12) / 2 / 12."""
    assert raw_moments(np.array([2.0, 4.0]), 4)[:2] == pytest.approx((0.75, 7 / 12))


def test_a_simulation_of_two_sittings_agrees() -> None:
    random = np.random.default_rng(20261122)
    true = random.beta(16, 3, 40_000)
    first, second = random.binomial(50, true) / 50, random.binomial(50, true) / 50
    reliability = float(np.corrcoef(first, second)[0, 1])
    found = classify(first, reliability, 0.8)
    assert found is not None
    assert found.consistency == pytest.approx(float(((first >= 0.8) == (second >= 0.8)).mean()), abs=0.015)
    assert found.accuracy == pytest.approx(float(((first >= 0.8) == (true >= 0.8)).mean()), abs=0.015)


@pytest.mark.parametrize(("scores", "reliability"), [([0.8, 0.8], 0.5), ([0.8], 0.5), ([0.5, 0.9], 0.0), ([0.5, 0.9], float("nan")), ([0.0, 1.0], 0.99)])
def test_scores_that_say_nothing_give_nothing(scores: list[float], reliability: float) -> None:
    assert classify(np.array(scores), reliability, 0.8) is None
