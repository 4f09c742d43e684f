"""The exact operating curve against the worked figures of MEASUREMENT.md, section 5, and against simulated candidates."""

from dataclasses import replace
from random import Random

import pytest
from scipy.stats import beta as beta_distribution

from training.exams.rules.sequential.curve import operating_curve, operating_point
from training.exams.rules.sequential.decision import Plan, Verdict
from training.exams.rules.sequential.tries import MOST_TRIES, next_try, share_of

EVERY_ITEM = Plan(p0=0.80, p1=0.92, alpha=0.05, beta=0.10, cap=103, block=1)
SPENT = replace(EVERY_ITEM, alpha=share_of(0.05))
LONG = replace(SPENT, cap=207)
DEFAULT = replace(LONG, block=10, cap=200)


@pytest.mark.parametrize(("plan", "false_pass", "power"), [(EVERY_ITEM, 0.0415, 0.8816), (SPENT, 0.0124, 0.7919), (LONG, 0.0146, 0.9303)])
def test_the_curve_as_worked(plan: Plan, false_pass: float, power: float) -> None:
    assert round(operating_point(plan, plan.p0).passing, 4) == false_pass
    assert round(operating_point(plan, plan.p1).passing, 4) == power


def test_the_mean_lengths_as_worked() -> None:
    assert round(operating_point(EVERY_ITEM, 0.80).mean_items, 1) == 35.1
    assert round(operating_point(EVERY_ITEM, 0.92).mean_items, 1) == 46.2


def test_ends_after_blocks_only_keep_the_bound_and_nearly_the_length() -> None:
    point = operating_point(DEFAULT, 0.80)
    assert point.passing < share_of(0.05)
    assert operating_point(DEFAULT, 0.92).passing > 0.93
    assert point.mean_items < 50


def test_all_the_tries_of_a_term_together_keep_the_whole_bound() -> None:
    assert operating_point(DEFAULT, 0.80).passing_in_all <= 0.05
    assert [next_try(spent) for spent in range(5)] == [1, 2, 3, None, None]
    assert MOST_TRIES * share_of(0.05) == pytest.approx(0.05)


def test_the_curve_rises_with_accuracy_and_holds_the_plans_own_two() -> None:
    points = operating_curve(replace(DEFAULT, p0=0.79, p1=0.91))
    assert {0.79, 0.91} <= {point.accuracy for point in points}
    chances = [point.passing for point in points]
    assert chances == sorted(chances)


def sit(plan: Plan, accuracy: float, random: Random) -> Verdict:
    right = place = 0
    verdict = Verdict.GOING_ON
    while verdict is Verdict.GOING_ON:
        place += plan.block
        right += sum(random.random() < accuracy for _ in range(plan.block))
        verdict = plan.verdict(right, place, place)
    return verdict


def upper_limit(passes: int, sittings: int) -> float:
    """The upper 99 % limit of Clopper and Pearson."""
    return float(beta_distribution.ppf(0.99, passes + 1, sittings - passes)) if passes < sittings else 1.0


def assert_bound(plan: Plan, accuracy: float, sittings: int, seed: int) -> None:
    random = Random(seed)
    passes = sum(sit(plan, accuracy, random) is Verdict.PASSED for _ in range(sittings))
    assert upper_limit(passes, sittings) <= plan.alpha
    exact = operating_point(plan, accuracy).passing
    assert abs(passes / sittings - exact) <= 4 * (exact * (1 - exact) / sittings) ** 0.5 + 1e-4


def test_few_simulated_candidates_keep_the_bound() -> None:
    assert_bound(DEFAULT, 0.80, 1500, seed=3)


GRID = [
    replace(EVERY_ITEM, p0=p0, p1=p1, alpha=alpha, cap=cap, block=block)
    for p0, p1 in ((0.75, 0.90), (0.80, 0.92), (0.85, 0.95))
    for alpha in (0.05, 0.05 / 3)
    for cap, block in ((103, 1), (200, 10), (200, 20))
]


@pytest.mark.full
@pytest.mark.parametrize("plan", GRID, ids=lambda plan: f"{plan.p0}-{plan.p1}-{plan.alpha:.4f}-{plan.cap}-{plan.block}")
@pytest.mark.parametrize("below", [0.0, 0.02, 0.05])
def test_twenty_thousand_candidates_a_grid_point_keep_the_bound(plan: Plan, below: float) -> None:
    assert_bound(plan, plan.p0 - below, 20_000, seed=20_251_122)
