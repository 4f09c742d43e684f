"""What the law promises about suspending people: simulated, from fixed seeds."""

from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import beta as beta_distribution

from training.quality.rules import STANDARD, calls_for_coaching, log_cusum, log_evidence
from training.quality.rules.coaching import COACHING_THRESHOLD

HORIZON = 1_000


@lru_cache(maxsize=4)
def fewest_errors(horizon: int) -> NDArray[np.int64]:
    """For each number of audits the fewest errors that propose a suspension. It never falls, so each is looked for from the one before."""
    found, errors = [], 0
    for audits in range(1, horizon + 1):
        errors = next((k for k in range(errors, audits + 1) if log_evidence(audits, k) >= STANDARD.threshold), audits + 1)
        found.append(errors)
    return np.array(found)


def first_proposals(error_rate: float, people: int, *, horizon: int = HORIZON, seed: int) -> NDArray[np.int64]:
    """After how many audits each of these people is first proposed; 0 for whoever never is. Everybody is looked at after every audit."""
    chance = np.random.default_rng(seed)
    found, limits = [], fewest_errors(horizon)
    for begin in range(0, people, 5_000):
        errors = np.cumsum(chance.random((min(5_000, people - begin), horizon), dtype=np.float32) < error_rate, axis=1, dtype=np.int32)
        is_over = errors >= limits
        found.append(np.where(is_over.any(axis=1), is_over.argmax(axis=1) + 1, 0))
    return np.concatenate(found)


def upper_bound(hits: int, people: int) -> float:
    """The upper 99 % limit of a share (Clopper & Pearson 1934)."""
    return float(beta_distribution.ppf(0.99, hits + 1, people - hits))


def test_over_a_thousand_audits_at_exactly_acceptable_quality_at_most_one_in_a_hundred_is_ever_proposed() -> None:
    proposed = int((first_proposals(STANDARD.acceptable_error, 10_000, seed=8) > 0).sum())
    assert upper_bound(proposed, 10_000) <= STANDARD.risk
    assert 20 <= proposed <= 80, "§8 names .5 %"


@pytest.mark.full
def test_the_same_of_a_hundred_thousand_people_and_three_thousand_audits() -> None:
    proposed = int((first_proposals(STANDARD.acceptable_error, 100_000, horizon=3_000, seed=9) > 0).sum())
    assert upper_bound(proposed, 100_000) <= STANDARD.risk


@pytest.mark.parametrize(("error_rate", "median"), [(0.15, 187), (0.20, 65), (0.30, 25)])
def test_who_errs_too_often_is_found_as_soon_as_the_law_says(error_rate: float, median: int) -> None:
    found = first_proposals(error_rate, 4_000, seed=10)
    assert (found > 0).mean() > 0.98
    assert np.median(np.where(found > 0, found, HORIZON)) == pytest.approx(median, rel=0.12)


def test_eight_errors_in_any_fifty_would_suspend_nearly_everybody_who_is_acceptable() -> None:
    """The rule that this one stands in for."""
    errors = np.random.default_rng(11).random((2_000, HORIZON)) < STANDARD.acceptable_error
    running = np.cumsum(errors, axis=1)
    running[:, 50:] -= running[:, :-50].copy()
    assert (running.max(axis=1) >= 8).mean() == pytest.approx(0.92, abs=0.04)


def talks_until(error_rate: float, people: int, *, horizon: int, seed: int) -> NDArray[np.int64]:
    """After how many audits each of these people is first to be talked with; the horizon for whoever is not by then."""
    errors = np.random.default_rng(seed).random((people, horizon)) < error_rate
    error_step, right_step = log_cusum([True]), log_cusum([True]) - log_cusum([True, False])
    found, statistic = np.full(people, horizon), np.zeros(people)
    for place in range(horizon):
        statistic = np.maximum(0, statistic + np.where(errors[:, place], error_step, -right_step))
        found = np.where((found == horizon) & (statistic >= np.log(COACHING_THRESHOLD)), place + 1, found)
    return found


def test_who_is_acceptable_is_talked_with_less_than_once_in_a_thousand_audits() -> None:
    assert talks_until(STANDARD.acceptable_error, 1_000, horizon=4_000, seed=12).mean() > COACHING_THRESHOLD


def test_who_errs_twice_as_often_is_talked_with_within_some_two_hundred() -> None:
    assert np.median(talks_until(2 * STANDARD.acceptable_error, 1_000, horizon=2_000, seed=13)) < 200


def test_the_sum_is_of_the_latest_run_alone() -> None:
    assert log_cusum([]) == log_cusum([False] * 50) == 0
    assert log_cusum([False] * 500 + [True] * 3) == pytest.approx(3 * np.log(2))
    assert log_cusum([True, False]) == pytest.approx(np.log(2 * 0.84 / 0.92))
    assert not calls_for_coaching(log_cusum([True] * 9))
    assert calls_for_coaching(log_cusum([True] * 10))
