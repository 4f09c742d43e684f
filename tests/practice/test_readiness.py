"""Who is ready in an area, and how fast people decide: by values."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import betainc

from training.practice.rules import Mastery, mastered, measured_pace, pace_of, readiness_of, ready_until
from training.practice.rules.readiness import beta_cdf

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(days: float) -> datetime:
    return NOW + timedelta(days=days)


def mastery(*answers: tuple[bool, float]) -> Mastery:
    found = Mastery()
    for is_right, day in answers:
        found = mastered(found, is_right=is_right, at=after(day))
    return found


@given(st.floats(0.001, 0.999), st.floats(1, 400), st.floats(1, 400))
def test_the_incomplete_beta_function_is_scipys(x: float, a: float, b: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(float(betainc(a, b, x)), abs=1e-10)


@pytest.mark.parametrize(("x", "value"), [(0.0, 0.0), (1.0, 1.0), (-1.0, 0.0), (2.0, 1.0)])
def test_the_incomplete_beta_function_at_its_ends(x: float, value: float) -> None:
    assert beta_cdf(x, 3, 4) == value


def test_an_answer_adds_itself_to_what_two_days_left_of_the_one_before() -> None:
    found = mastery((True, 0), (False, 2))
    assert (found.right_weight, found.wrong_weight) == (pytest.approx(1 + 0.98**2), 2)


def test_nothing_is_known_without_answers() -> None:
    readiness = readiness_of(Mastery(), at=NOW)
    assert readiness.certainty == pytest.approx(0.2)
    assert not readiness.is_ready


def test_fifteen_right_answers_on_three_days_make_ready() -> None:
    readiness = readiness_of(mastery(*((True, number % 3) for number in sorted(range(15), key=lambda each: each % 3))), at=after(2))
    assert (readiness.answer_count, readiness.day_count) == (15, 3)
    assert readiness.certainty == pytest.approx(0.97, abs=0.01)
    assert readiness.is_ready


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ([(True, day) for day in (0, 1, 2) for _ in range(5)][:14], "fourteen answers"),
        ([(True, day) for day in (0, 1) for _ in range(10)], "two days"),
        ([(number % 4 > 0, day) for day in (0, 1, 2) for number in range(8)], "three of four right"),
    ],
)
def test_fewer_answers_or_days_or_right_ones_do_not(answers: list[tuple[bool, float]], why: str) -> None:
    assert not readiness_of(mastery(*answers), at=after(2)).is_ready, why


def test_readiness_fades_when_nothing_is_practised() -> None:
    found = mastery(*((True, day) for day in (0, 1, 2) for _ in range(5)))
    certainties = [readiness_of(found, at=after(day)).certainty for day in (2, 30, 365)]
    assert certainties == sorted(certainties, reverse=True)
    assert not readiness_of(found, at=after(60)).is_ready


def test_pace_counts_the_time_until_each_answer() -> None:
    pace = pace_of([10.0] * 8 + [40.0, 100.0])
    assert pace is not None
    assert (pace.cases_an_hour, pace.median_seconds, pace.p90_seconds) == (pytest.approx(3600 * 10 / 220), 10, 40)


def test_of_few_cases_the_slow_ones_are_not_said() -> None:
    pace = pace_of([30.0] * 9)
    assert pace is not None
    assert pace.p90_seconds is None
    assert pace_of([]) is None
    assert pace_of([0.0]) is None


@pytest.mark.parametrize(("count", "is_said", "has_slow"), [(0, False, False), (9, False, False), (10, True, False), (39, True, False), (40, True, True)])
def test_of_few_answers_no_pace_is_said_and_of_a_few_more_no_slowest_tenth(count: int, is_said: bool, has_slow: bool) -> None:
    found = measured_pace([30.0] * count)
    assert (found is not None) is is_said
    assert (found is not None and found.slow is not None) is has_slow


def test_a_pace_is_said_with_its_limits() -> None:
    found = measured_pace(range(1, 101))
    assert found is not None and found.slow is not None
    assert (found.median.low, found.median.point, found.median.high) == (40, 50.5, 61)
    assert (found.slow.low, found.slow.point, found.slow.high) == (84, 90, 96)
    assert (found.count, found.cases_an_hour) == (100, pytest.approx(3600 / 50.5))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.booleans() | st.just(True), st.floats(0.01, 2.0)), min_size=15, max_size=60),
    st.lists(st.integers(0, 400 * 86_400), min_size=5, max_size=5),
)
def test_readiness_ends_at_one_instant_and_is_right_to_the_second_around_it(answers: list[tuple[bool, float]], later: list[int]) -> None:
    found, day = Mastery(), 0.0
    for is_right, apart in answers:
        day += apart
        found = mastered(found, is_right=is_right, at=after(day))
    assert found.answered_at is not None
    until = ready_until(found)
    if until is not None:
        assert readiness_of(found, at=until - timedelta(seconds=1)).is_ready and not readiness_of(found, at=until).is_ready
    for seconds in later:
        at = (found.answered_at + timedelta(seconds=seconds + 1)).replace(microsecond=0)
        assert readiness_of(found, at=at).is_ready == (until is not None and at < until)


def test_who_never_was_ready_has_no_instant_at_which_that_ends() -> None:
    assert ready_until(Mastery()) is None
    assert ready_until(mastery(*((True, day / 2) for day in range(14)))) is None
    assert ready_until(mastery(*((day % 2 == 0, day / 2) for day in range(30)))) is None
