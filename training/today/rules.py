"""What a person's day comes down to: one next thing to do, out of everything that waits."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from training.courses.rules.progress import Step as CourseStep
from training.courses.rules.progress import StepKind as CourseStepKind
from training.courses.rules.versions import Version, is_still_read

LATEST = datetime.max.replace(tzinfo=UTC)


class StepKind(StrEnum):
    """What a next step can be, the most pressing first; the steps of courses are as pressing as their dates."""

    RESUME_EXAM = "resume_exam"
    LEARN_CHANGE = "learn_change"
    SIT_EXAM = "sit_exam"
    RENEW = "renew"
    REREAD = "reread"
    READ = "read"
    CHECK = "check"
    PRACTISE = "practise"
    KEEP_FRESH = "keep_fresh"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what kind, about which document by slug, its title, what for, and by when."""

    kind: StepKind
    subject: str
    title: str
    purpose: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CourseOnTheWay:
    """A course somebody is in, with what is still missing from it in order."""

    slug: str
    title: str
    missing: tuple[CourseStep, ...]
    due_at: datetime | None = None


KIND_OF_COURSE_STEP = {
    CourseStepKind.MODULE: StepKind.READ,
    CourseStepKind.CHECK: StepKind.CHECK,
    CourseStepKind.PRACTICE: StepKind.PRACTISE,
}


_ORDER = list(StepKind)
_STEPS_OF_COURSES = frozenset(KIND_OF_COURSE_STEP.values())


def steps_of_courses(courses: Iterable[CourseOnTheWay], titles: dict[str, str]) -> Iterator[Step]:
    """The first thing missing from each course that is not complete; `titles` names modules and checks by slug."""
    for course in courses:
        if course.missing:
            first = course.missing[0]
            subject = first.subject or course.slug
            title = titles.get(subject, course.title)
            yield Step(KIND_OF_COURSE_STEP[first.kind], subject, title, course.title if course.title != title else "", course.due_at)


def is_ending_soon(until: datetime | None, now: datetime, *, notice: timedelta) -> bool:
    """Whether a certificate's end is near enough to be told, which it is that long before."""
    return until is not None and now <= until <= now + notice


def has_changed_since(acknowledged: Version, current: Version) -> bool:
    """Whether somebody who acknowledged one version has something to read in the current one."""
    return not is_still_read(acknowledged, current)


def next_step(steps: Iterable[Step]) -> Step | None:
    """The one thing to do next: the most pressing kind, within it what is due first, else in the order given.

    What courses ask for is one kind: a check due on Friday comes before a module that is due in a month.
    """
    return min(steps, key=lambda step: (_ORDER.index(StepKind.READ if step.kind in _STEPS_OF_COURSES else step.kind), step.due_at or LATEST), default=None)
