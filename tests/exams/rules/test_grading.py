from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.blueprint import DecisionClass, PassRule
from training.exams.rules.grading import Graded, Mark, Shortfall, ShortfallKind, grade, needed_of, pack_marks, unpack_marks

RULE = PassRule(weighted_percent=90, area_percent=80, area_minimum_items=5, innocent_percent=80, critical_misses_allowed=0)
VIOLATING, INNOCENT = DecisionClass.VIOLATING, DecisionClass.INNOCENT


def items(count: int, mark: Mark = Mark.RIGHT, *, area: str = "PRO", weight: int = 1, decision_class: DecisionClass = VIOLATING) -> list[Graded]:
    return [Graded(area, weight, decision_class, mark)] * count


def test_everything_right_passes() -> None:
    result = grade(items(40) + items(10, decision_class=INNOCENT), RULE)
    assert result.is_passed
    assert result.share == 1.0
    assert result.right_count == result.item_count == 50


def test_a_missed_critical_item_fails_a_perfect_rest() -> None:
    result = grade(items(49) + items(1, Mark.CRITICAL_MISS), RULE)
    assert result.shortfalls == (Shortfall(ShortfallKind.CRITICAL_MISS, 1, 50, 0),)


def test_the_total_is_weighted_by_severity() -> None:
    wrong_light = grade(items(45, weight=1) + items(1, Mark.WRONG, weight=1) + items(2, weight=8), RULE)
    wrong_heavy = grade(items(45, weight=1) + items(1, Mark.WRONG, weight=8) + items(2, weight=8), RULE)
    assert wrong_light.is_passed
    assert wrong_heavy.shortfalls == (Shortfall(ShortfallKind.TOTAL, 61, 69, 63),)


def test_an_area_of_five_has_a_minimum_and_an_area_of_four_has_none() -> None:
    five = grade(items(60) + items(3, area="IPR") + items(2, Mark.WRONG, area="IPR"), RULE)
    four = grade(items(60) + items(2, area="IPR") + items(2, Mark.WRONG, area="IPR"), RULE)
    assert five.shortfalls == (Shortfall(ShortfallKind.AREA, 3, 5, 4, "IPR"),)
    assert four.is_passed
    assert [area.needed for area in four.areas] == [None, 48]


def test_acting_on_the_innocent_fails_by_itself() -> None:
    result = grade(items(90, weight=2) + items(7, decision_class=INNOCENT) + items(3, Mark.WRONG, decision_class=INNOCENT), RULE)
    assert result.shortfalls == (Shortfall(ShortfallKind.INNOCENT, 7, 10, 8),)


def test_a_blank_is_wrong() -> None:
    result = grade(items(9) + items(1, Mark.BLANK), RULE)
    assert result.is_passed
    assert result.right_count == 9


def test_every_shortfall_is_said() -> None:
    result = grade(items(10, Mark.WRONG, decision_class=INNOCENT) + items(1, Mark.CRITICAL_MISS, area="FRD", weight=8), RULE)
    assert {shortfall.kind for shortfall in result.shortfalls} == set(ShortfallKind) - {ShortfallKind.EVIDENCE}


def test_an_empty_form_passes_nothing_by_share() -> None:
    assert grade([], RULE).share == 0.0


@pytest.mark.parametrize(("count", "percent", "needed"), [(50, 90, 45), (12, 80, 10), (5, 80, 4), (0, 80, 0), (7, 100, 7), (3, 0, 0)])
def test_the_needed_count_is_the_least_that_reaches_the_percentage(count: int, percent: int, needed: int) -> None:
    assert needed_of(count, percent) == needed


def test_a_place_that_does_not_count_is_left_out_of_everything() -> None:
    pilots = [Graded("PRO", 8, INNOCENT, mark, counts=False) for mark in Mark]
    assert grade(items(10) + pilots, RULE) == grade(items(10), RULE)


def test_partial_credit_earns_its_share_of_the_weight_and_is_no_right_answer() -> None:
    result = grade([*items(3, weight=2), Graded("PRO", 2, VIOLATING, Mark.PARTIAL, credit=1 / 3)], RULE)
    assert (result.earned_weight, result.total_weight, result.right_count) == (6.666667, 8, 3)


def test_what_waits_for_a_marker_earns_nothing_yet() -> None:
    result = grade(items(9) + items(2, Mark.PENDING), RULE)
    assert (result.earned_weight, result.total_weight, result.is_passed) == (9, 11, False)


@given(st.lists(st.tuples(st.sampled_from(Mark), st.booleans()), max_size=60))
def test_marks_are_packed_one_byte_a_place_and_unpacked_again(places: list[tuple[Mark, bool]]) -> None:
    packed = pack_marks([mark for mark, _ in places], [counts for _, counts in places])
    assert len(packed) == len(places)
    assert unpack_marks(packed) == places


def test_the_numbers_of_marks_are_those_already_stored() -> None:
    assert [int(mark) for mark in (Mark.WRONG, Mark.RIGHT, Mark.BLANK, Mark.CRITICAL_MISS, Mark.PARTIAL, Mark.PENDING)] == [0, 1, 2, 3, 4, 5]
    assert pack_marks([Mark.RIGHT, Mark.CRITICAL_MISS], [True, False]) == b"\x01\x83"


graded = st.builds(
    Graded,
    st.sampled_from(["PRO", "IPR", "CLM"]),
    st.sampled_from([1, 2, 4, 8]),
    st.sampled_from(DecisionClass),
    st.sampled_from(Mark),
    st.booleans(),
    st.sampled_from([0.25, 1 / 3, 0.5, 2 / 3, 0.75]),
)


@given(st.lists(graded, max_size=40), st.integers(0, 2**32))
def test_the_order_of_items_never_matters(form: list[Graded], seed: int) -> None:
    other = form[:]
    Random(seed).shuffle(other)
    assert grade(form, RULE) == grade(other, RULE)


@given(st.lists(graded, min_size=1, max_size=40), st.data())
def test_a_better_answer_never_makes_a_worse_result(form: list[Graded], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(form) - 1))
    better = form[:]
    better[place] = replace(form[place], mark=Mark.RIGHT)
    before, after = grade(form, RULE), grade(better, RULE)
    assert after.earned_weight >= before.earned_weight
    missing_before = {(shortfall.kind, shortfall.area) for shortfall in before.shortfalls}
    assert {(shortfall.kind, shortfall.area) for shortfall in after.shortfalls} <= missing_before
