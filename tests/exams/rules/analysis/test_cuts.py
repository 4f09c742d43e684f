"""Judges' estimates into a cut: held against the grading of exams itself, and against sums done by hand."""

from fractions import Fraction
from itertools import product
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.analysis.cuts import angoff, leanings, spreads
from training.exams.rules.blueprint import DecisionClass, PassRule
from training.exams.rules.grading import Graded, Mark, grade, needed_of

ANA, BUDI, CITRA = 1, 2, 3
ESTIMATES = {ANA: {1: 0.9, 2: 0.6, 3: 0.7}, BUDI: {1: 0.8, 2: 0.5, 3: 0.8}, CITRA: {1: 0.7, 2: 0.7}}
RULE = PassRule(weighted_percent=0, area_percent=0, area_minimum_items=99, innocent_percent=0, critical_misses_allowed=99)


def test_a_cut_weighs_each_item_by_its_points() -> None:
    """By hand: S4 is worth 8, S1 is worth 1. Means .8 and .6: (8 × .8 + 1 × .6) of 9 = 7 of 9 = 77.8 %, where a count of items says 70 %.

    Judges' sums 7.8, 6.9 and 6.3: mean 7, SD √.57, error √.57 / √3 = √.19.
    """
    found = angoff(ESTIMATES, {1: 8, 2: 1})
    assert found is not None
    assert (found.points, found.total, found.share) == pytest.approx((7.0, 9, 7 / 9))
    assert found.standard_error == pytest.approx(0.19**0.5)
    assert found.error == pytest.approx(0.19**0.5 / 9)
    assert found.limits == pytest.approx((7 / 9 - 1.96 * 0.19**0.5 / 9, 7 / 9 + 1.96 * 0.19**0.5 / 9))
    assert (found.percent, found.judge_count, found.item_count, found.may_decide) == (78, 3, 2, False)


def test_where_all_items_are_worth_the_same_it_is_the_sum_of_the_means() -> None:
    """Sums 1.5, 1.3 and 1.4 over the first two items: mean 1.4, SD .1, error .1 / √3 (MEASUREMENT.md, section 5)."""
    for points in (1, 4):
        found = angoff(ESTIMATES, {1: points, 2: points})
        assert found is not None
        assert (found.points / points, (found.standard_error or 0) / points) == pytest.approx((1.4, 0.057735), abs=5e-7)
        assert found.share == pytest.approx(0.7)


@pytest.mark.parametrize("weights", [(1, 1, 1, 1), (8, 1, 2, 4), (4, 4, 1, 8)])
def test_it_is_what_the_grading_expects_of_somebody_who_is_just_good_enough(weights: tuple[int, ...]) -> None:
    """Every way to answer four items, each by its chance, graded as exams are: the expected share of the points is the cut, to the last digit."""
    chances = (0.9, 0.35, 0.6, 0.8)
    expected = Fraction(0)
    for rights in product((True, False), repeat=4):
        items = [Graded("PRO", weight, DecisionClass.KNOWLEDGE, Mark.RIGHT if right else Mark.WRONG) for weight, right in zip(weights, rights, strict=True)]
        likely = prod(Fraction(str(chance)) if right else 1 - Fraction(str(chance)) for chance, right in zip(chances, rights, strict=True))
        result = grade(items, RULE)
        expected += likely * Fraction(result.earned_weight) / result.total_weight
    found = angoff({ANA: dict(enumerate(chances))}, dict(enumerate(weights)))
    assert found is not None
    assert found.share == pytest.approx(float(expected), abs=1e-12)


def test_what_is_earned_in_part_counts_by_its_part() -> None:
    """An item worth 4 of which .75 is expected, one worth 1 that is right in half of the cases: 3.5 of 5."""
    expected = [Graded("PRO", 4, DecisionClass.KNOWLEDGE, Mark.PARTIAL, credit=0.75), Graded("PRO", 1, DecisionClass.KNOWLEDGE, Mark.PARTIAL, credit=0.5)]
    found = angoff({ANA: {1: 0.75, 2: 0.5}}, {1: 4, 2: 1})
    assert found is not None
    assert found.share == pytest.approx(grade(expected, RULE).share) == pytest.approx(0.7)


@given(st.lists(st.tuples(st.integers(1, 8), st.lists(st.integers(1, 100), min_size=3, max_size=3)), min_size=1, max_size=12))
def test_a_cut_lies_between_the_judges_and_between_the_items(form: list[tuple[int, list[int]]]) -> None:
    said = {judge: {item: percents[judge] / 100 for item, (_, percents) in enumerate(form)} for judge in range(3)}
    found = angoff(said, {item: weight for item, (weight, _) in enumerate(form)})
    assert found is not None
    single = [angoff({0: judged}, {item: weight for item, (weight, _) in enumerate(form)}) for judged in said.values()]
    shares = [each.share for each in single if each is not None]
    assert min(shares) - 1e-9 <= found.share <= max(shares) + 1e-9
    everything = [chance for judged in said.values() for chance in judged.values()]
    assert min(everything) - 1e-9 <= found.share <= max(everything) + 1e-9
    assert needed_of(found.total, found.percent) <= found.total


def test_a_cut_needs_judges_of_every_item() -> None:
    assert angoff(ESTIMATES, {1: 1, 4: 1}) is None
    assert angoff(ESTIMATES, {}) is None
    whole, one = angoff(ESTIMATES, {1: 1, 2: 1, 3: 1}), angoff({ANA: {1: 0.9}}, {1: 2})
    assert whole is not None and one is not None
    assert whole.judge_count == 2
    assert (one.standard_error, one.error, one.limits) == (None, None, None)


def test_eight_judges_may_decide() -> None:
    found = angoff({number: {1: 0.8} for number in range(8)}, {1: 1})
    assert found is not None
    assert found.may_decide


def test_the_spread_of_an_item_is_that_of_its_judges() -> None:
    """.9, .8, .7: mean .8, SD .1. Two judges of the third: .7 and .8, SD .1/√2."""
    found = spreads(ESTIMATES)
    assert (found[1].mean, found[1].deviation, found[1].low, found[1].median, found[1].high, found[1].judge_count) == pytest.approx(
        (0.8, 0.1, 0.7, 0.8, 0.9, 3)
    )
    assert (found[3].mean, found[3].deviation, found[3].median) == pytest.approx((0.75, 0.1 / 2**0.5, 0.75))
    assert spreads({ANA: {1: 0.4}})[1].deviation is None


def test_a_judge_leans_by_what_they_judged() -> None:
    """Means .8, .6, .75. Ana: +.1, 0, −.05 → 1/60. Budi: 0, −.1, +.05 → −1/60. Citra, who judged two: −.1, +.1 → 0."""
    assert leanings(ESTIMATES) == pytest.approx({ANA: 1 / 60, BUDI: -1 / 60, CITRA: 0.0})
    assert leanings({ANA: {}}) == {}
