from datetime import UTC, datetime, timedelta

import pytest

from training.exams.rules.blueprint import DecisionClass, PassRule, RetakeRule
from training.exams.rules.grading import Graded, Mark, grade
from training.exams.rules.retakes import PastAttempt, RetakeReason, opens_at, waits, weak_areas

RULE = RetakeRule((24, 72, 168), attempts=3, per_days=30)
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def failed(at: datetime) -> PastAttempt:
    return PastAttempt(at - HOUR, at, is_passed=False)


def passed(at: datetime) -> PastAttempt:
    return PastAttempt(at - HOUR, at, is_passed=True)


def test_the_first_attempt_waits_for_nothing() -> None:
    assert waits([], RULE, NOON) == ()


@pytest.mark.parametrize(("earlier", "hours"), [(0, 24), (1, 72), (2, 168), (3, 168)])
def test_each_failure_in_a_row_lengthens_the_cooldown(earlier: int, hours: int) -> None:
    past = [failed(NOON - timedelta(days=400 - number)) for number in range(earlier)] + [failed(NOON)]
    [wait] = waits(past, RULE, NOON + HOUR)
    assert (wait.reason, wait.opens_at) == (RetakeReason.COOLDOWN, NOON + timedelta(hours=hours))
    assert waits(past, RULE, NOON + timedelta(hours=hours)) == ()


def test_a_pass_ends_the_row_of_failures() -> None:
    past = [failed(NOON - timedelta(days=300)), failed(NOON - timedelta(days=290)), passed(NOON - timedelta(days=280)), failed(NOON)]
    [wait] = waits(past, RULE, NOON + HOUR)
    assert wait.opens_at == NOON + timedelta(hours=24)


def test_after_a_pass_there_is_no_cooldown() -> None:
    assert waits([failed(NOON - timedelta(days=2)), passed(NOON)], RULE, NOON + HOUR) == ()


def test_three_attempts_in_thirty_days_are_all() -> None:
    past = [failed(NOON), failed(NOON + timedelta(days=2)), failed(NOON + timedelta(days=6))]
    found = waits(past, RULE, NOON + timedelta(days=20))
    assert [wait.reason for wait in found] == [RetakeReason.ATTEMPTS_USED]
    assert opens_at(found) == NOON - HOUR + timedelta(days=30)
    assert waits(past, RULE, NOON - HOUR + timedelta(days=30)) == ()


def test_both_waits_are_said_and_the_later_one_counts() -> None:
    past = [failed(NOON), failed(NOON + timedelta(days=2)), failed(NOON + timedelta(days=28))]
    found = waits(past, RULE, NOON + timedelta(days=28, hours=1))
    assert {wait.reason for wait in found} == {RetakeReason.COOLDOWN, RetakeReason.ATTEMPTS_USED}
    assert opens_at(found) == NOON + timedelta(days=35)


def test_without_a_wait_nothing_opens_later() -> None:
    assert opens_at([]) is None


def test_who_is_allowed_one_more_does_not_wait_for_the_period() -> None:
    past = [PastAttempt(NOON + hours * timedelta(hours=1), NOON + hours * timedelta(hours=1), is_passed=False) for hours in range(3)]
    rule = RetakeRule((1,), 3, 30)
    assert [wait.reason for wait in waits(past, rule, NOON + timedelta(days=1))] == [RetakeReason.ATTEMPTS_USED]
    assert waits(past, rule, NOON + timedelta(days=1), is_allowed=True) == ()


def test_weak_are_the_areas_that_fell_short_or_else_those_with_an_error() -> None:
    rule = PassRule(weighted_percent=90, area_percent=80, area_minimum_items=5, innocent_percent=0, critical_misses_allowed=0)
    wrong = [Graded(area, 1, DecisionClass.VIOLATING, Mark.WRONG) for area in ("PRO", "PRO", "FRD")]
    right = [Graded(area, 1, DecisionClass.VIOLATING, Mark.RIGHT) for area in ("PRO", "IPR", "FRD") for _ in range(4)]
    assert weak_areas(grade([*wrong, *right], rule)) == ("PRO",)
    assert weak_areas(grade([wrong[2], *right], rule)) == ("FRD",)
    assert weak_areas(grade(right, rule)) == ()
