"""Times of answers against NumPy's and Python's own quantiles, and columns that hold all of them."""

import statistics

import numpy as np
import pytest

from tests.exams.rules.analysis.sheets import fixed_sheet, row
from training.exams.rules.analysis.sheet import Sheet, sheet_of
from training.exams.rules.analysis.times import COLUMNS, MIDDLE, known_times, quantiles, slowness, time_reports


def medians_and_slowness(sheet: Sheet) -> tuple[list[float], list[float]]:
    known = known_times(sheet)
    medians = quantiles(sheet, known)[:, MIDDLE]
    return medians.tolist(), slowness(sheet, known, medians).tolist()


def test_an_item_that_takes_three_times_the_form_is_slow() -> None:
    """The forms' medians are 20, 40 and 7.5, in the mean 22.5; those of whoever answered the third item 20 and 40, in the mean 30."""
    medians, slow = medians_and_slowness(fixed_sheet([[1, 1, 1]] * 3, seconds=[[10, 20, 60], [20, 40, 120], [5, 10, 0]]))
    assert medians == [10.0, 20.0, 90.0]
    assert slow == pytest.approx([10 / 22.5, 20 / 22.5, 3.0])


def test_unknown_times_say_nothing() -> None:
    sheet = fixed_sheet([[1, 1], [0, 1]])
    medians, slow = medians_and_slowness(sheet)
    assert np.isnan(medians).all()
    assert np.isnan(slow).all()
    assert time_reports(sheet, known_times(sheet), quantiles(sheet, known_times(sheet))) == [None, None]


def test_quartiles_are_those_of_numpy_and_of_python() -> None:
    random = np.random.default_rng(7)
    taken = random.lognormal(3.4, 0.6, (101, 3)).astype(int) + 1
    sheet = fixed_sheet(random.integers(0, 2, taken.shape).tolist(), seconds=taken.tolist())
    found = quantiles(sheet, known_times(sheet))
    for item in range(3):
        assert found[item].tolist() == pytest.approx(np.percentile(taken[:, item], [25, 50, 75, 95]).tolist())
        assert found[item][:3].tolist() == pytest.approx(statistics.quantiles(taken[:, item].tolist(), n=4, method="inclusive"))


def test_every_answer_of_known_time_is_in_one_column_and_nearly_all_are_before_the_last() -> None:
    random = np.random.default_rng(11)
    taken = random.lognormal(3.4, 0.6, (400, 2)).astype(int) + 1
    taken[0, 0] = 0
    marks = random.integers(0, 2, taken.shape)
    sheet = fixed_sheet(marks.tolist(), seconds=taken.tolist())
    known = known_times(sheet)
    first, second = time_reports(sheet, known, quantiles(sheet, known))
    assert first is not None and second is not None
    assert (first.count, sum(first.columns), len(first.columns)) == (399, 399, COLUMNS)
    edges = [*range(0, COLUMNS * second.step, second.step), 10**6]
    assert list(second.columns) == np.histogram(taken[:, 1], edges)[0].tolist()
    assert second.columns[-1] <= 0.05 * second.count
    assert second.right_median == np.median(taken[:, 1][marks[:, 1] == 1])
    assert second.wrong_median == np.median(taken[:, 1][marks[:, 1] == 0])


def test_what_nobody_reads_so_fast_is_counted_from_ten_answers_on_by_the_median() -> None:
    """Of 30 s in the middle a tenth is 3 s, so that 2 s is too fast; below ten answers only what takes under 2 s is."""
    of_many = sheet_of([row([1], [1], seconds=[seconds]) for seconds in (1, 2, 3, *[30] * 9)])
    of_few = sheet_of([row([1], [1], seconds=[seconds]) for seconds in (1, 2, 3, 30)])
    counts = [
        report.rapid_count for sheet in (of_many, of_few) for report in time_reports(sheet, known_times(sheet), quantiles(sheet, known_times(sheet))) if report
    ]
    assert counts == [2, 1]
