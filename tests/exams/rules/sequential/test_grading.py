from dataclasses import replace

from training.exams.rules.blueprint import DecisionClass
from training.exams.rules.grading import Graded, Mark, Shortfall, ShortfallKind, grade_sequence
from training.exams.rules.sequential.decision import Plan, Verdict

PLAN = Plan(p0=0.80, p1=0.92, alpha=0.05 / 3, beta=0.10, cap=60, block=10)
RIGHT = Graded("PRO", 8, DecisionClass.VIOLATING, Mark.RIGHT)
MISS = replace(RIGHT, mark=Mark.CRITICAL_MISS)
PARTIAL = replace(RIGHT, mark=Mark.PARTIAL, credit=0.9)


def test_a_pass_is_the_absence_of_a_shortfall_and_says_how_the_evidence_stood() -> None:
    result = grade_sequence([RIGHT] * 30, PLAN)
    assert result.is_passed
    assert result.sequence is not None
    assert result.sequence.verdict is Verdict.PASSED
    assert [area.needed for area in result.areas] == [None]


def test_a_stop_says_what_was_reached_and_what_would_have_passed() -> None:
    result = grade_sequence([RIGHT] * 12 + [replace(RIGHT, mark=Mark.WRONG)] * 8, PLAN)
    assert result.shortfalls == (Shortfall(ShortfallKind.EVIDENCE, 12, 20, 21),)


def test_undecided_does_not_pass() -> None:
    assert not grade_sequence([RIGHT] * 29, PLAN).is_passed
    assert not grade_sequence([], PLAN).is_passed


def test_only_what_is_right_as_a_whole_is_evidence() -> None:
    result = grade_sequence([RIGHT] * 29 + [PARTIAL], PLAN)
    assert result.sequence is not None
    assert result.sequence.right_count == 29


def test_critical_misses_are_counted_and_are_evidence_like_any_other_error() -> None:
    result = grade_sequence([MISS] + [RIGHT] * 59, PLAN)
    assert (result.is_passed, result.critical_count) == (True, 1)


def test_places_that_do_not_count_are_left_out() -> None:
    result = grade_sequence([replace(MISS, counts=False)] * 10 + [RIGHT] * 30, PLAN)
    assert (result.is_passed, result.critical_count, result.item_count) == (True, 0, 30)
