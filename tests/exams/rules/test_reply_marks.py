from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.blueprint import Criterion
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked
from training.exams.rules.reply_marks import (
    MOST_POINTS,
    agreement,
    credit_of,
    is_near_cut,
    is_sampled,
    marked_reply,
    marks_needed,
    points_of,
    weighted_kappa,
)

ALL_MET = dict.fromkeys(Criterion, 2)


def test_ratings_come_to_points_and_every_criterion_is_rated() -> None:
    assert points_of(ALL_MET) == MOST_POINTS == 10
    with pytest.raises(ValueError, match="every criterion"):
        points_of({Criterion.TONE: 2})
    with pytest.raises(ValueError, match="every criterion"):
        points_of(ALL_MET | {Criterion.TONE: 3})


@pytest.mark.parametrize(
    ("points", "is_double", "needed"),
    [
        ([], False, 1),
        ([7], False, 1),
        ([7], True, 2),
        ([7, 9], True, 2),
        ([7, 10], True, 3),
        ([7, 10, 8], True, 3),
        ([7, 9], False, 2),
    ],
)
def test_how_many_marks_a_reply_needs(points: list[int], is_double: bool, needed: int) -> None:
    assert marks_needed(points, is_double=is_double) == needed


@pytest.mark.parametrize(("points", "credit"), [([7], 0.7), ([7, 9], 0.8), ([2, 10, 7], 0.7), ([10, 10, 0], 1.0)])
def test_one_mark_two_in_the_mean_three_in_the_median(points: list[int], credit: float) -> None:
    assert credit_of(points) == pytest.approx(credit)


def test_all_is_right_nothing_is_wrong_and_the_rest_is_partial() -> None:
    assert [marked_reply([points]) for points in (10, 0, 4)] == [Marked(Mark.RIGHT), Marked(Mark.WRONG), Marked(Mark.PARTIAL, 0.4)]


@given(st.lists(st.integers(0, 10), min_size=1, max_size=3), st.integers(0, 2))
def test_a_better_mark_never_earns_less(points: list[int], which: int) -> None:
    place = which % len(points)
    better = [*points[:place], min(points[place] + 1, 10), *points[place + 1 :]]
    assert credit_of(better) >= credit_of(points)


def test_one_reply_in_ten_is_in_the_sample_and_nobody_can_tell_which_without_the_seed() -> None:
    sampled = sum(is_sampled(seed, position) for seed in range(2_000) for position in (1, 2))
    assert 320 <= sampled <= 480
    assert is_sampled(1, 1) == is_sampled(1, 1)
    assert {is_sampled(seed, 1) for seed in range(100)} == {True, False}


def test_a_result_within_one_standard_error_of_the_cut_is_near() -> None:
    error = sqrt(0.75 * 0.25 / 10)
    assert error == pytest.approx(0.1369306)
    assert is_near_cut(0.75 - error + 0.001, 75, 10)
    assert is_near_cut(0.75 + error - 0.001, 75, 10)
    assert not is_near_cut(0.75 - error - 0.001, 75, 10)
    assert not is_near_cut(1.0, 75, 10)
    assert not is_near_cut(0.75, 75, 0)


def test_weighted_kappa_is_that_of_the_worked_example() -> None:
    """Quadratic weights over counts [[11, 3, 1], [1, 9, 2], [0, 2, 11]]: observed 13, expected 2·(products) by the margins."""
    counts = [[11, 3, 1], [1, 9, 2], [0, 2, 11]]
    rated = [(row, column) for row in range(3) for column in range(3) for _ in range(counts[row][column])]
    rows, columns = [15, 12, 13], [12, 14, 14]
    observed = 3 * 1 + 1 * 4 + 1 * 1 + 2 * 1 + 0 * 4 + 2 * 1
    expected = sum((row - column) ** 2 * rows[row] * columns[column] for row in range(3) for column in range(3)) / 40
    assert weighted_kappa(rated) == pytest.approx(1 - observed / expected)
    assert weighted_kappa(rated) == pytest.approx(0.778598, abs=1e-6)


def test_agreement_is_counted_and_kappa_waits_for_enough_pairs() -> None:
    alike, apart = dict.fromkeys(Criterion, 2), dict.fromkeys(Criterion, 1) | {Criterion.TONE: 0}
    few = agreement([(alike, apart)])
    assert (few.reply_count, few.pair_count, few.exact_count, few.adjacent_count, few.kappa) == (1, 5, 0, 4, None)
    assert agreement([(alike, alike)] * 10).kappa is None, "one rating alone tells nothing"
    assert agreement([(alike, alike), (apart, apart)] * 5).kappa == pytest.approx(1.0)
