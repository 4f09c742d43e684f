"""From when somebody may sit again, at any instant, as it was known at any other."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from training.certification.rules import RetestDeed
from training.exams.rules.blueprint import RetakeRule
from training.exams.rules.timing import GRACE, AttemptState
from training.exams.rules.waiting import ExamRule, ExamRules, ExamsNeeded, Grade, Granted, NextStart, RetestNote, Sat, SatAttempt, next_start

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
RULES = ExamRules(
    (ExamRule("entry", 1, START - 100 * HOUR, RetakeRule((24, 72), 2, 30)),),
    (ExamsNeeded("moderator", 1, START - 100 * HOUR, "entry", ("typing",)),),
)


def attempt(ordinal: int = 1, at: float = 0, *, is_passed: bool = False, exam: str = "entry", state: AttemptState = AttemptState.SUBMITTED) -> SatAttempt:
    """An attempt of one hour, graded as it ended."""
    began, ended = START + at * HOUR, START + (at + 1) * HOUR
    return SatAttempt(ordinal, "moderator", exam, 1, False, f"attempt-{ordinal}", state, began, ended, False, (Grade(1, ended, is_passed),))


def ask(sat: Sat, at: float, rules: ExamRules = RULES) -> NextStart | None:
    return next_start("moderator", sat.known(START + at * HOUR), rules.known(START + at * HOUR), at=START + at * HOUR)


def opens(sat: Sat, at: float, rules: ExamRules = RULES) -> float | None:
    found = ask(sat, at, rules)
    return (found.opens_at - START) / HOUR if found else None


def test_after_a_failed_attempt_the_next_one_waits_from_its_end() -> None:
    failed = Sat((attempt(),))
    assert ask(failed, 2) == NextStart("entry", START + HOUR, START + 25 * HOUR)
    assert opens(failed, 0.9) is None, "it was still running"
    assert opens(failed, 25) is None, "the pause is over"


def test_who_has_sat_nothing_or_has_passed_waits_for_nothing() -> None:
    assert ask(Sat(), 2) is None
    assert opens(Sat((attempt(is_passed=True),)), 2) is None


def test_used_up_attempts_wait_for_the_period_unless_one_more_is_allowed() -> None:
    used = Sat((attempt(), attempt(2, 30)))
    assert opens(used, 200) == 30 * 24
    allowed = replace(used, granted=(Granted("moderator", 3, START + 150 * HOUR),))
    assert opens(allowed, 149) == 30 * 24
    assert opens(allowed, 151) is None
    assert opens(allowed, 100) == 30 * 24, "what was allowed later was not known then"


def test_attempts_at_supporting_exams_and_deltas_count_by_themselves() -> None:
    assert opens(Sat((attempt(exam="typing"), replace(attempt(2), is_delta=True))), 2) is None


def test_a_pass_that_a_ruling_took_back_is_no_failure() -> None:
    regraded = replace(attempt(is_passed=True), grades=(Grade(1, START + HOUR, True), Grade(2, START + 3 * HOUR, False)))
    raised = RetestNote(1, "attempt-1", RetestDeed.RAISED, START + 3 * HOUR)
    assert opens(Sat((regraded,)), 4) == 25
    assert opens(Sat((regraded,), retests=(raised,)), 4) is None
    met = RetestNote(2, "attempt-1", RetestDeed.MET, START + 5 * HOUR)
    assert opens(Sat((regraded,), retests=(met, raised)), 6) == 25
    assert opens(Sat((regraded,)), 2) is None, "it was passed as known then"


def test_what_is_submitted_counts_from_its_grading_and_what_expires_from_the_last_answer_that_is_waited_for() -> None:
    expired = replace(attempt(state=AttemptState.EXPIRED), grades=(Grade(1, START + 9 * HOUR, False),))
    grace = GRACE / HOUR
    assert opens(Sat((expired,)), 1 + grace) is None
    assert opens(Sat((expired,)), 1.1 + grace) == 25
    running = replace(expired, state=AttemptState.OPEN, grades=())
    assert [opens(Sat((running,)), at) for at in (1 + grace, 1.1 + grace)] == [None, 25], "before any sweep the same"
    assert opens(Sat((replace(running, is_paused=True),)), 5) is None
    late = replace(attempt(), grades=(Grade(1, START + 1.001 * HOUR, False),))
    assert opens(Sat((late,)), 1) is None


@pytest.mark.parametrize(("at", "expected"), [(2, 25), (4, 2)])
def test_the_rule_of_the_version_published_by_then_counts(at: float, expected: float) -> None:
    milder = ExamRule("entry", 2, START + 3 * HOUR, RetakeRule((1,), 9, 30))
    rules = replace(RULES, exams=(milder, *RULES.exams))
    found = opens(Sat((attempt(),)), at, rules)
    assert found == (expected if at < expected else None)


def test_a_certification_without_an_exam_makes_nobody_wait() -> None:
    assert opens(Sat((attempt(),)), 2, replace(RULES, needed=(ExamsNeeded("moderator", 1, START - HOUR, None, ()),))) is None
    assert opens(Sat((attempt(),)), 2, ExamRules()) is None
    assert next_start("other", Sat((attempt(),)), RULES, at=START + 2 * HOUR) is None
