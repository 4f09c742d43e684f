"""The power meter against the worked examples of MEASUREMENT.md, section 5, and against simulated sittings."""

from random import Random

import pytest

from training.exams.rules.blueprint import DecisionClass, PassRule
from training.exams.rules.chances import in_all_tries
from training.exams.rules.grading import Graded, Mark, grade
from training.exams.rules.power import ACCURACIES, Weighed, chance_of_passing, power

TOTAL_ALONE = PassRule(90, 0, 5, 0, 0)
WHOLE_RULE = PassRule(90, 80, 5, 80, 0)
AREAS = ("PRO", "IPR", "CLM", "FRD")


def plain(count: int) -> list[Weighed]:
    return [Weighed("PRO", 1, is_innocent=False, critical_share=0.0)] * count


def mixed_form() -> list[Weighed]:
    """50 items as an onboarding form has them: four areas, weights 1 to 8, 20 innocent, 8 critical cases."""
    form = []
    for place in range(50):
        is_innocent = place % 5 < 2
        weight = 1 if is_innocent else (8, 2, 4)[place % 3]
        form.append(Weighed(AREAS[place % 4], weight, is_innocent, 0.5 if weight == 8 else 0.0))
    return form


@pytest.mark.parametrize(("accuracy", "chance"), [(0.80, 0.048), (0.85, 0.219), (0.90, 0.616), (0.95, 0.962)])
def test_forty_five_of_fifty_as_worked(accuracy: float, chance: float) -> None:
    assert round(chance_of_passing(plain(50), TOTAL_ALONE, accuracy), 3) == chance


def test_eighteen_of_twenty_as_worked_in_one_try_and_in_three() -> None:
    chance = chance_of_passing(plain(20), TOTAL_ALONE, 0.85)
    assert round(chance, 3) == 0.405
    assert round(in_all_tries(chance, 3), 3) == 0.789


def sit(form: list[Weighed], accuracy: float, random: Random) -> bool:
    graded = []
    for item in form:
        mark = Mark.RIGHT
        if random.random() >= accuracy:
            mark = Mark.CRITICAL_MISS if random.random() < item.critical_share else Mark.WRONG
        graded.append(Graded(item.area, item.weight, DecisionClass.INNOCENT if item.is_innocent else DecisionClass.VIOLATING, mark))
    return grade(graded, WHOLE_RULE).is_passed


@pytest.mark.parametrize("accuracy", [0.85, 0.92, 0.97])
def test_the_exact_chance_is_what_simulated_sittings_come_to(accuracy: float) -> None:
    random = Random(7)
    sittings = 4000
    share = sum(sit(mixed_form(), accuracy, random) for _ in range(sittings)) / sittings
    exact = chance_of_passing(mixed_form(), WHOLE_RULE, accuracy)
    assert abs(share - exact) < 4 * (exact * (1 - exact) / sittings) ** 0.5


@pytest.mark.full
@pytest.mark.parametrize("accuracy", ACCURACIES)
def test_the_exact_chance_is_what_twenty_thousand_sittings_come_to(accuracy: float) -> None:
    random = Random(11)
    share = sum(sit(mixed_form(), accuracy, random) for _ in range(20_000)) / 20_000
    exact = chance_of_passing(mixed_form(), WHOLE_RULE, accuracy)
    assert abs(share - exact) < 4 * (exact * (1 - exact) / 20_000) ** 0.5 + 1e-9


def test_a_more_accurate_person_passes_more_often() -> None:
    chances = [chance_of_passing(mixed_form(), WHOLE_RULE, accuracy) for accuracy in ACCURACIES]
    assert chances == sorted(chances)
    assert chance_of_passing(mixed_form(), WHOLE_RULE, 1.0) == pytest.approx(1.0)
    assert chance_of_passing(mixed_form(), WHOLE_RULE, 0.0) == 0.0


def test_the_meter_says_both_bounds_where_errors_may_be_critical() -> None:
    for chance in power([mixed_form(), mixed_form()[::-1]], WHOLE_RULE, tries=3):
        assert chance.low < chance.high
        assert chance.low <= chance.low_in_all <= 1.0


def test_without_critical_cases_the_bounds_are_one_figure() -> None:
    for chance in power([plain(50)], TOTAL_ALONE, tries=3):
        assert chance.low == chance.high


def test_the_meter_averages_over_forms() -> None:
    easy, hard = plain(50), plain(10)
    both = power([easy, hard], TOTAL_ALONE, tries=1)
    alone = [power([form], TOTAL_ALONE, tries=1) for form in (easy, hard)]
    assert both[2].low == pytest.approx((alone[0][2].low + alone[1][2].low) / 2)


def test_the_meter_needs_a_form() -> None:
    with pytest.raises(ValueError, match="at least one form"):
        power([], WHOLE_RULE, tries=3)
