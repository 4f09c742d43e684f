"""Figures of items against a calculation by hand over five candidates and four items."""

import numpy as np
import pytest

from tests.exams.rules.analysis.sheets import FIVE_BY_FOUR, fixed_sheet, row
from training.exams.rules.analysis.items import answers_given, discrimination, efficiency, groups_by_rest, moments, rest_order
from training.exams.rules.analysis.sheet import cells_of, rest_proportions, sheet_of
from training.exams.rules.grading import Mark


def test_facility_discrimination_and_efficiency_match_the_calculation_by_hand() -> None:
    sheet = fixed_sheet(FIVE_BY_FOUR)
    rests = rest_proportions(sheet)
    found = moments(sheet, rests)
    assert found.mean.tolist() == pytest.approx([0.8, 0.6, 0.8, 0.2])
    assert discrimination(found).tolist() == pytest.approx([0.375, 0.327327, -0.196116, 0.534522], abs=5e-7)
    assert efficiency(sheet, rests, rest_order(sheet, rests), found).tolist() == pytest.approx([1.0, 0.375, -0.25, 1.0], abs=5e-7)


def test_the_rest_leaves_out_the_item_itself_and_what_does_not_count() -> None:
    pilot = 0x80
    sheet = sheet_of([row([1, 2, 3], [Mark.RIGHT, Mark.WRONG, Mark.RIGHT | pilot])])
    assert rest_proportions(sheet).tolist() == [0.0, 1.0, 0.5]


def test_an_item_that_stands_alone_has_no_rest() -> None:
    sheet = sheet_of([row([1], [Mark.RIGHT]), row([1], [Mark.WRONG])])
    assert np.isnan(rest_proportions(sheet)).all()
    assert np.isnan(discrimination(moments(sheet, rest_proportions(sheet)))).all()


def test_blank_and_critical_misses_are_wrong_and_what_nobody_marked_is_missing() -> None:
    sheet = sheet_of([row([1, 2, 3, 4, 5], [Mark.RIGHT, Mark.BLANK, Mark.CRITICAL_MISS, Mark.PENDING, Mark.PARTIAL], credits_={"5": 0.25})])
    assert sheet.version_ids.tolist() == [1, 2, 3, 5]
    assert sheet.credit.tolist() == [1.0, 0.0, 0.0, 0.25]


def test_everybody_right_discriminates_nothing() -> None:
    sheet = fixed_sheet([[1, 1], [1, 0], [1, 1]])
    assert np.isnan(discrimination(moments(sheet, rest_proportions(sheet)))[0])


def test_partly_right_answers_sort_by_what_they_earned() -> None:
    rows = [row([1, 2], [Mark.PARTIAL, mark], credits_={"1": credit}) for credit, mark in ((0.2, 0), (0.5, 0), (0.9, 1))]
    sheet = sheet_of(rows)
    rests = rest_proportions(sheet)
    assert efficiency(sheet, rests, rest_order(sheet, rests), moments(sheet, rests))[0] == pytest.approx(1.0)


def test_thirds_are_by_rest_and_equal_rests_share_one() -> None:
    sheet = fixed_sheet([[0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [1, 1, 1]])
    rests = rest_proportions(sheet)
    third, _ = groups_by_rest(sheet, rests, rest_order(sheet, rests))
    assert third[sheet.item == 0].tolist() == [0, 1, 2, 1, 2, 2]
    assert third[sheet.item == 2].tolist() == [0, 0, 1, 1, 2, 2]


def test_answers_are_counted_by_thirds_with_the_most_frequent_first() -> None:
    marks = [[0, 0, 0], [0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [1, 1, 1]]
    codes = [[2, 1, 1], [2, 1, 1], [0, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1]]
    sheet = fixed_sheet(marks, choices=codes)
    rests = rest_proportions(sheet)
    key, distractor, blank = answers_given(sheet, cells_of(sheet), rests, groups_by_rest(sheet, rests, rest_order(sheet, rests)))[0]
    assert (key.code, key.count, key.by_third, key.right_count) == (1, 3, (0, 1, 2), 3)
    assert (distractor.code, distractor.count, distractor.by_third, distractor.right_count) == (2, 2, (1, 1, 0), 0)
    assert (blank.code, blank.count) == (0, 1)
    assert [answer.mean_rest for answer in (key, distractor, blank)] == pytest.approx([2.5 / 3, 0.25, 1.0])


def test_cells_are_the_same_whether_sorted_or_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = fixed_sheet([[0, 1], [1, 0], [0, 0]], choices=[[2, 1], [1, 0x9000], [2, 0]])
    looked_up = cells_of(sheet)
    monkeypatch.setattr("training.exams.rules.analysis.sheet.LARGEST_TABLE", 0)
    by_sorting = cells_of(sheet)
    assert looked_up.keys.tolist() == by_sorting.keys.tolist() == [1, 2, 65536, 65537, 65536 + 0x9000]
    assert looked_up.where.tolist() == by_sorting.where.tolist()
