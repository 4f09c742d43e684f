"""The small figures: minimum counts, certainty, fairness, drift, flags, guessing."""

from dataclasses import replace

import pytest

from training.exams.rules.analysis.certainty import chance_above
from training.exams.rules.analysis.cuts import largest_miss_rate
from training.exams.rules.analysis.drift import drift, look_up_to
from training.exams.rules.analysis.fairness import Difference, Stratum, mantel_haenszel
from training.exams.rules.analysis.flags import ItemFlag, Observed, flags_of
from training.exams.rules.analysis.guessing import guess_of_choice, guess_of_fields
from training.exams.rules.analysis.minimums import Figure, Weight, weight_of
from training.exams.rules.blueprint import ItemKind
from training.judgements.rules import Interval

BERKELEY = [(512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391), (138, 279, 131, 244), (53, 138, 94, 299), (22, 351, 24, 317)]
"""Bickel, Hammel & O'Connell 1975: men admitted and not, women admitted and not, by department."""


@pytest.mark.parametrize(
    ("figure", "count", "weight"),
    [
        (Figure.FACILITY, 9, Weight.TOO_FEW),
        (Figure.FACILITY, 10, Weight.TENTATIVE),
        (Figure.FACILITY, 50, Weight.FIRM),
        (Figure.DISCRIMINATION, 29, Weight.TOO_FEW),
        (Figure.DISCRIMINATION, 99, Weight.TENTATIVE),
        (Figure.DISCRIMINATION, 100, Weight.FIRM),
        (Figure.DISTRACTORS, 49, Weight.TOO_FEW),
        (Figure.RELIABILITY, 99, Weight.TENTATIVE),
        (Figure.DIFFERENTIAL, 99, Weight.TOO_FEW),
        (Figure.DIFFERENTIAL, 100, Weight.FIRM),
    ],
)
def test_few_answers_are_too_few_to_judge(figure: Figure, count: int, weight: Weight) -> None:
    assert weight_of(figure, count) is weight


@pytest.mark.parametrize(("count", "rate"), [(10, 0.259), (20, 0.139), (30, 0.095)])
def test_no_miss_proves_what_the_measurement_chapter_says(count: int, rate: float) -> None:
    assert largest_miss_rate(count) == pytest.approx(rate, abs=5e-4)


def test_no_critical_item_proves_nothing() -> None:
    assert largest_miss_rate(0) == 1


@pytest.mark.parametrize(("right", "count", "cut", "chance"), [(45, 50, 0.9, 0.474319), (18, 20, 0.8, 0.872952)])
def test_the_chance_of_being_above_a_cut_matches_a_numerical_integration(right: int, count: int, cut: float, chance: float) -> None:
    assert chance_above(right, count, cut) == pytest.approx(chance, abs=5e-7)


def test_differential_functioning_matches_the_published_example() -> None:
    """As R's `mantelhaen.test(UCBAdmissions)` prints it."""
    found = mantel_haenszel([Stratum(c, d, a, b) for a, b, c, d in BERKELEY])
    assert found is not None
    assert found.odds_ratio == pytest.approx(0.9046968, abs=5e-8)
    assert (found.low, found.high) == pytest.approx((0.7719074, 1.0603298), abs=5e-8)
    assert found.chi_square == pytest.approx(1.4269, abs=5e-5)
    assert found.difference is Difference.NEGLIGIBLE


def test_an_item_that_is_far_harder_for_one_group_is_a_large_difference() -> None:
    found = mantel_haenszel([Stratum(40, 60, 80, 20), Stratum(60, 40, 90, 10)])
    assert found is not None
    assert found.delta < -1.5
    assert found.difference is Difference.LARGE


def test_groups_that_never_meet_say_nothing() -> None:
    assert mantel_haenszel([Stratum(5, 5, 0, 0)]) is None
    assert mantel_haenszel([]) is None


def test_drift_is_looked_at_after_doublings_only() -> None:
    assert [look_up_to(count) for count in (99, 100, 199, 200, 399, 1000)] == [None, 100, 100, 200, 200, 800]


def test_a_shift_matches_the_calculation_by_hand() -> None:
    """40 of 50 and then 25 of 50: p = .65, error √(.65 · .35 · 2 / 50) = .095394, z = −.3 / .095394."""
    found = drift(40, 25, 50)
    assert found.z == pytest.approx(-3.144855, abs=5e-7)
    assert not found.is_surprising
    assert drift(45, 25, 50).is_surprising
    assert drift(50, 50, 50).z == 0


def test_guessing_is_the_product_over_the_fields() -> None:
    assert guess_of_choice(ItemKind.SINGLE, 4) == 0.25
    assert guess_of_choice(ItemKind.MULTIPLE, 4) == pytest.approx(1 / 14)
    assert guess_of_fields({"decision": (2, 10), "label": (1, 5), "escalation": (1, 2)}) == pytest.approx(0.02)


SOUND = Observed(
    count=100,
    facility=Interval(0.7, 0.8, 0.9),
    guess=0.25,
    discrimination=Interval(0.1, 0.3, 0.5),
    top_right=30,
    top_favourite=2,
    slowness=1.1,
    drift=None,
    is_key_suspect=False,
)


@pytest.mark.parametrize(
    ("changes", "flag"),
    [
        ({"facility": Interval(0.05, 0.1, 0.2)}, ItemFlag.BELOW_GUESSING),
        ({"discrimination": Interval(-0.2, 0.0, 0.09)}, ItemFlag.LOW_DISCRIMINATION),
        ({"top_right": 10, "top_favourite": 11}, ItemFlag.PREFERRED_DISTRACTOR),
        ({"slowness": 3.0}, ItemFlag.SLOW),
        ({"drift": drift(45, 25, 50)}, ItemFlag.DRIFT),
        ({"is_key_suspect": True, "count": 5}, ItemFlag.WRONG_KEY),
        ({"differs_between_groups": True}, ItemFlag.DIFFERENTIAL),
    ],
)
def test_each_flag_has_its_reason(changes: dict[str, object], flag: ItemFlag) -> None:
    assert flags_of(SOUND) == ()
    assert flags_of(replace(SOUND, **changes)) == (flag,)  # type: ignore[arg-type]


def test_few_answers_raise_no_flag_but_a_wrong_key() -> None:
    poor = replace(SOUND, count=20, facility=Interval(0.0, 0.1, 0.2), discrimination=Interval(-0.9, -0.5, 0.0), top_right=0, top_favourite=5, slowness=9.0)
    assert flags_of(poor) == ()
