from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.timing import GRACE, Allowance, AttemptState, accepts_answers, deadline, finish, resumed_deadline, state_at

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("limit", "multiplier", "breaks", "minutes"),
    [(3600, 1.0, 0, 60), (3600, 1.25, 0, 75), (3600, 1.5, 600, 100), (900, 1.1, 0, 16.5)],
)
def test_the_deadline_is_limit_times_accommodation_plus_breaks(limit: int, multiplier: float, breaks: int, minutes: float) -> None:
    assert deadline(START, Allowance(limit, multiplier, breaks)) == START + timedelta(minutes=minutes)


def test_a_part_of_a_second_is_given_to_the_candidate() -> None:
    assert Allowance(901, 1.25, 0).seconds == 1127


def test_an_answer_is_accepted_until_ten_seconds_after_the_deadline() -> None:
    assert accepts_answers(START, START + GRACE)
    assert not accepts_answers(START, START + GRACE + timedelta(microseconds=1))


def test_an_attempt_is_expired_on_read_whether_or_not_a_sweep_has_been_by() -> None:
    assert state_at(AttemptState.OPEN, START, START + GRACE, paused_at=None) is AttemptState.OPEN
    assert state_at(AttemptState.OPEN, START, START + GRACE + SECOND, paused_at=None) is AttemptState.EXPIRED
    assert state_at(AttemptState.SUBMITTED, START, START + timedelta(days=1), paused_at=None) is AttemptState.SUBMITTED


def test_nothing_expires_while_it_is_paused() -> None:
    assert state_at(AttemptState.OPEN, START, START + timedelta(days=1), paused_at=START - SECOND) is AttemptState.OPEN


@given(st.integers(0, 10**9), st.integers(0, 10**12))
def test_a_pause_gives_and_takes_not_a_microsecond(before: int, paused: int) -> None:
    paused_at = START - timedelta(microseconds=before)
    now = paused_at + timedelta(microseconds=paused)
    assert resumed_deadline(START, paused_at, now) - now == START - paused_at


def test_the_recorded_finish_is_never_after_the_deadline() -> None:
    assert finish(START, START + 5 * SECOND) == START
    assert finish(START, START - 5 * SECOND) == START - 5 * SECOND


@given(st.integers(60, 36_000), st.floats(1, 3), st.integers(0, 7200))
def test_accommodations_never_cost_time(limit: int, multiplier: float, breaks: int) -> None:
    assert Allowance(limit, multiplier, breaks).seconds >= limit + breaks
