"""What lies between two versions, against SciPy, and what an exam says of its items."""

import numpy as np
import pytest
from scipy.stats import ttest_1samp, ttest_ind

from tests.exams.rules.analysis.sheets import fixed_sheet, row
from training.exams.rules.analysis.comparisons import compared_exams, compared_figures, compared_items, mean_score, shares_of_attempts
from training.exams.rules.analysis.exam_items import exam_items
from training.exams.rules.analysis.exam_reports import Sittings, exam_report
from training.exams.rules.analysis.figures import ExamFigures, ExamItem
from training.exams.rules.analysis.item_reports import ItemFacts, item_reports
from training.exams.rules.analysis.sheet import Sheet, sheet_of
from training.exams.rules.grading import UNCOUNTED, Mark

FACTS = {item: ItemFacts(guess=0.25, answer_count=4, area="PRO" if item < 4 else "FRD", weight=1) for item in range(1, 7)}


def marks_of(people: int, chance: float, seed: int) -> np.ndarray:
    random = np.random.default_rng(seed)
    return (random.random((people, 6)) < np.clip(chance + random.normal(0, 0.2, (people, 1)), 0, 1)).astype(int)


def figures_of(marks: np.ndarray) -> ExamFigures:
    sittings = Sittings(marks.mean(axis=1) >= 0.8, np.zeros(len(marks), dtype=bool))
    return exam_report(fixed_sheet(marks.tolist()), sittings, FACTS, 0.8)


def test_means_and_areas_are_compared_as_scipy_compares_them() -> None:
    one, other = marks_of(60, 0.8, 1), marks_of(45, 0.6, 2)
    passed, mean, fraud, goods = compared_exams(figures_of(one), figures_of(other))
    assert (passed.name, mean.name, fraud.name, goods.name) == ("passed", "mean", "FRD", "PRO")
    for found, columns in ((mean, slice(0, 6)), (goods, slice(0, 3)), (fraud, slice(3, 6))):
        first, second = one[:, columns].mean(axis=1), other[:, columns].mean(axis=1)
        expected = ttest_ind(second, first, equal_var=False).confidence_interval(0.95)
        assert found.difference is not None
        assert (found.difference.low, found.difference.high) == pytest.approx((expected.low, expected.high), abs=1e-5)
    assert passed.difference is not None
    assert passed.difference.point == pytest.approx((other.mean(axis=1) >= 0.8).mean() - (one.mean(axis=1) >= 0.8).mean())
    assert mean.is_sure


def test_a_mean_has_students_interval() -> None:
    marks = marks_of(12, 0.7, 3)
    expected = ttest_1samp(marks.mean(axis=1), 0).confidence_interval(0.95)
    found = mean_score(figures_of(marks))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), abs=1e-5)


def test_below_ten_attempts_nothing_is_compared() -> None:
    few, many = figures_of(marks_of(9, 0.8, 4)), figures_of(marks_of(30, 0.8, 5))
    assert compared_exams(few, many) == [] == compared_exams(many, few)
    assert mean_score(few) is None


def test_the_shares_of_attempts_by_score_make_one() -> None:
    figures = figures_of(marks_of(30, 0.8, 6))
    assert sum(share for _, share in shares_of_attempts(figures)) == pytest.approx(1)
    assert [middle for middle, _ in shares_of_attempts(figures)][:2] == [0.025, 0.075]


def item(version_id: int, count: int, mean: float) -> ExamItem:
    return ExamItem(version_id, count, True, mean, 0, None, None, None, None)


def test_items_in_both_are_compared_with_those_furthest_apart_first() -> None:
    before = [item(1, 70, 0.8), item(2, 80, 0.6), item(3, 50, 0.5), item(4, 9, 0.5)]
    after = [item(1, 70, 0.75), item(2, 70, 0.8), item(4, 50, 0.5), item(5, 50, 0.5)]
    found = compared_items(before, after)
    assert [each.version_id for each in found] == [2, 1]
    newcombe = found[0].right.difference
    assert newcombe is not None
    assert (newcombe.low, newcombe.point, newcombe.high) == pytest.approx((0.0524, 0.2, 0.3339), abs=5e-5), "48 of 80 and 56 of 70, as Newcombe (1998) has them"
    assert [each.right.is_sure for each in found] == [True, False]


def test_two_items_are_compared_by_what_each_has_answers_for() -> None:
    many, few = marks_of(200, 0.7, 7), marks_of(20, 0.7, 8)
    first, second = (item_reports(fixed_sheet(marks.tolist()), FACTS, {})[1] for marks in (many, few))
    right, apart = compared_figures(first, second)
    assert right.difference is not None and right.first == first.facility
    assert (apart.second, apart.difference) == (None, None), "20 answers tell nothing of how it tells apart"
    assert compared_figures(first, first)[1].difference is not None


def test_an_exam_says_of_each_item_how_it_went_there() -> None:
    sheet: Sheet = sheet_of(
        [
            row([1, 2, 3], [Mark.RIGHT, Mark.BLANK, Mark.RIGHT | UNCOUNTED], seconds=[10, 0, 30]),
            row([1, 2, 3], [Mark.WRONG, Mark.RIGHT, Mark.WRONG | UNCOUNTED], seconds=[20, 40, 30]),
            row([1, 2, 3], [Mark.RIGHT, Mark.RIGHT, Mark.PENDING | UNCOUNTED], seconds=[30, 60, 30]),
        ]
    )
    first, second, trial = exam_items(sheet)
    assert (first.version_id, first.count, first.blank_count, first.is_counted) == (1, 3, 0, True)
    assert first.mean == pytest.approx(2 / 3)
    assert (first.lower_seconds, first.median_seconds, first.upper_seconds) == (15, 20, 25)
    assert first.correlation == pytest.approx(np.corrcoef([1, 0, 1], [0, 1, 1])[0, 1])
    assert (second.blank_count, second.median_seconds) == (1, 50)
    assert (trial.count, trial.is_counted) == (2, False)
