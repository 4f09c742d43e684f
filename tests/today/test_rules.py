"""What a day comes down to."""

from datetime import UTC, datetime, timedelta

import pytest

from training.courses.rules.progress import Step as CourseStep
from training.courses.rules.progress import StepKind as CourseStepKind
from training.courses.rules.versions import Version
from training.today.rules import CourseOnTheWay, Step, StepKind, has_changed_since, is_ending_soon, next_step, steps_of_courses

NOW = datetime(2026, 3, 1, tzinfo=UTC)
DAY = timedelta(days=1)


def step(kind: StepKind, subject: str = "a", due: float | None = None) -> Step:
    return Step(kind, subject, subject, due_at=NOW + due * DAY if due is not None else None)


def test_with_nothing_to_do_there_is_no_step() -> None:
    assert next_step([]) is None


def test_a_running_exam_comes_before_everything() -> None:
    assert next_step([step(kind) for kind in reversed(StepKind)]) == step(StepKind.RESUME_EXAM)


def test_of_the_same_kind_what_is_due_first_comes_first_and_undated_last() -> None:
    found = next_step([step(StepKind.READ, "undated"), step(StepKind.READ, "later", 9), step(StepKind.READ, "soon", 2)])
    assert found is not None and found.subject == "soon"


def test_a_check_that_is_due_comes_before_a_module_that_is_due_later() -> None:
    found = next_step([step(StepKind.READ, "another course", 26), step(StepKind.CHECK, "soon", 5), step(StepKind.PRACTISE, "undated")])
    assert found is not None and found.subject == "soon"


def test_of_equals_the_first_given_wins() -> None:
    found = next_step([step(StepKind.CHECK, "first"), step(StepKind.CHECK, "second")])
    assert found is not None and found.subject == "first"


def test_a_course_asks_for_its_first_missing_step() -> None:
    missing = (CourseStep(CourseStepKind.CHECK, "check-1", 0, 1), CourseStep(CourseStepKind.PRACTICE, "", 2, 10))
    courses = [CourseOnTheWay("done", "Done", ()), CourseOnTheWay("first-queue", "First queue", missing, NOW)]
    assert list(steps_of_courses(courses, {"check-1": "Health claims"})) == [Step(StepKind.CHECK, "check-1", "Health claims", "First queue", NOW)]


def test_practice_leads_to_the_course_that_asks_for_it() -> None:
    course = CourseOnTheWay("first-queue", "First queue", (CourseStep(CourseStepKind.PRACTICE, "", 2, 10),))
    assert [(found.kind, found.subject) for found in steps_of_courses([course], {})] == [(StepKind.PRACTISE, "first-queue")]


@pytest.mark.parametrize(("days", "soon"), [(-1, False), (0, True), (30, True), (30.1, False)])
def test_a_certificate_is_told_of_in_its_last_thirty_days(days: float, soon: bool) -> None:
    assert is_ending_soon(NOW + days * DAY, NOW, notice=30 * DAY) is soon


@pytest.mark.parametrize(("acknowledged", "current", "changed"), [((1, 0, 0), (1, 0, 4), False), ((1, 0, 0), (1, 1, 0), True), ((2, 0, 0), (1, 1, 0), False)])
def test_a_patch_is_no_change_to_read(acknowledged: tuple[int, int, int], current: tuple[int, int, int], changed: bool) -> None:
    assert has_changed_since(Version(*acknowledged), Version(*current)) is changed
