"""Over- and under-enforcement by values: worked examples to six digits, what intervals promise, and when nothing is said."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from training.judgements.rules import Costs, Decided, Lean, criterion, detection, sensitivity

EVEN = Costs(prevalence=0.5, miss=1)
"""The cost-optimal criterion is 0."""


@pytest.mark.parametrize(
    ("decided", "d_prime", "c"),
    [
        (Decided(9, 1, 2, 7), 1.771293, -0.211157),
        (Decided(1205, 74, 4, 578), 3.991990, 0.425957),
        (Decided(10, 0, 0, 10), 3.381243, 0.0),
        (Decided(0, 10, 10, 0), -3.381243, 0.0),
        (Decided(5, 5, 5, 5), 0.0, 0.0),
        (Decided(10, 0, 10, 0), 0.0, -1.690622),
    ],
)
def test_worked_examples(decided: Decided, d_prime: float, c: float) -> None:
    assert (sensitivity(decided), criterion(decided)) == (pytest.approx(d_prime, abs=5e-7), pytest.approx(c, abs=5e-7))


def variance(rate: float, total: int) -> float:
    return rate * (1 - rate) / (total * norm.pdf(norm.ppf(rate)) ** 2)


def test_limits_are_those_of_gourevitch_and_galanter() -> None:
    found = detection(Decided(17, 3, 4, 26), EVEN)
    assert found is not None
    reach = 1.959963984540054 * (variance(17.5 / 21, 20) + variance(4.5 / 31, 30)) ** 0.5
    assert (found.sensitivity.low, found.sensitivity.high) == (pytest.approx(found.sensitivity.point - reach), pytest.approx(found.sensitivity.point + reach))
    assert (found.criterion.low, found.criterion.high) == (pytest.approx(found.criterion.point - reach / 2), pytest.approx(found.criterion.point + reach / 2))


@pytest.mark.parametrize(("hit_rate", "alarm_rate"), [(0.85, 0.2), (0.7, 0.1), (0.95, 0.3)])
def test_limits_hold_the_truth_about_as_often_as_they_say(hit_rate: float, alarm_rate: float) -> None:
    """Over every outcome of 60 violations and 60 innocent cases, each weighed by how probable it is."""
    costs = Costs(prevalence=0.2, miss=2)
    true_d, true_c = norm.ppf(hit_rate) - norm.ppf(alarm_rate), -(norm.ppf(hit_rate) + norm.ppf(alarm_rate)) / 2
    truth = (true_d, true_c, true_c - costs.log_bias / true_d)
    held = [0.0, 0.0, 0.0]
    for hits, alarms in product(range(61), repeat=2):
        chance = binom.pmf(hits, 60, hit_rate) * binom.pmf(alarms, 60, alarm_rate)
        found = detection(Decided(hits, 60 - hits, alarms, 60 - alarms), costs)
        if chance < 1e-9 or found is None or found.excess is None:
            continue
        for place, (interval, value) in enumerate(zip((found.sensitivity, found.criterion, found.excess), truth, strict=True)):
            held[place] += chance * (interval.low <= value <= interval.high)
    assert [0.93 < share < 0.985 for share in held] == [True] * 3, held


@pytest.mark.parametrize(("decided", "is_said"), [(Decided(9, 1, 2, 7), False), (Decided(9, 0, 5, 5), False), (Decided(9, 1, 5, 5), True)])
def test_too_few_of_either_class_are_not_judged(decided: Decided, is_said: bool) -> None:
    assert (detection(decided, EVEN) is not None) is is_said


@pytest.mark.parametrize(
    ("costs", "log_bias"),
    [(EVEN, 0.0), (Costs(0.25, 3), 0.0), (Costs(0.1, 1), 2.197225), (Costs(0.1, 20), -0.798508)],
)
def test_rare_violations_ask_for_less_acting_and_dear_misses_for_more(costs: Costs, log_bias: float) -> None:
    assert costs.log_bias == pytest.approx(log_bias, abs=5e-7)


def test_the_criterion_is_judged_against_the_cheapest_one() -> None:
    decided = Decided(80, 20, 10, 90)
    found = detection(decided, Costs(0.1, 1))
    assert found is not None and found.excess is not None
    assert found.excess.point == pytest.approx(found.criterion.point - 2.197225 / found.sensitivity.point, abs=5e-7)
    assert found.criterion.point > 0, "somebody who acts on little"
    assert found.lean is Lean.OVER, "and still on too much, where violations are so rare"


def test_nobody_who_only_guesses_has_a_cheapest_criterion() -> None:
    found = detection(Decided(10, 10, 10, 10), EVEN)
    assert found is not None
    assert (found.excess, found.lean) == (None, Lean.NEITHER)


@pytest.mark.parametrize(
    ("decided", "lean"), [(Decided(50, 50, 1, 99), Lean.UNDER), (Decided(99, 1, 50, 50), Lean.OVER), (Decided(80, 20, 20, 80), Lean.NEITHER)]
)
def test_a_lean_is_said_where_it_is_beyond_chance(decided: Decided, lean: Lean) -> None:
    found = detection(decided, EVEN)
    assert found is not None and found.lean is lean


COUNTS = st.integers(0, 500)


@given(st.builds(Decided, COUNTS, COUNTS, COUNTS, COUNTS))
def test_acting_the_other_way_round_turns_the_figures_round(decided: Decided) -> None:
    turned = Decided(decided.correct_rejections, decided.false_alarms, decided.misses, decided.hits)
    assert sensitivity(turned) == pytest.approx(sensitivity(decided))
    assert criterion(turned) == pytest.approx(-criterion(decided))
