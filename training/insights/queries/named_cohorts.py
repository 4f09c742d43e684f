"""What a trainer follows of a named cohort: how far each of its people is, what they sit now, and how they fared."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from training.accounts.models import Person
from training.accounts.queries import PeopleFilter, are_in_cohort, member_ids, people_page, states_of
from training.accounts.rules import FactKind, Status
from training.certification.queries import Certificate, certificates_of_people
from training.courses.models import Assignment
from training.courses.queries import Work, asked_of_cohort, progress_towards, work_of
from training.courses.rules.progress import CourseProgress
from training.db import db
from training.exams.models import Attempt, Exam, ExamVersion, ScoreRun
from training.exams.queries import RunningAttempt, running_attempts
from training.exams.queries.marking import WaitingMarks, waiting_marks
from training.exams.rules.timing import AttemptState
from training.insights.queries.cohorts import attempts_of_people
from training.insights.rules.cohort_results import Fate, Sat
from training.practice.queries import readiness_of_people
from training.practice.rules import Readiness

AT_ONCE = 500
"""Of how many people a file is made at a time."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that a cohort is asked for."""

    assignment: Assignment
    work: Work


@dataclass(frozen=True, slots=True)
class Member:
    """One person of a cohort."""

    person_id: int
    public_id: str
    name: str
    status: Status
    ways: tuple[CourseProgress, ...]
    """How far they are with each thing that the cohort is asked for, in its order."""
    practice: dict[str, Readiness]
    """How ready they are, by area in which they practised."""
    certificates: Sequence[Certificate]
    """Those in force."""
    sitting: Attempt | None
    last: Attempt | None


@dataclass(frozen=True, slots=True)
class MembersPage:
    """Some of them by name, and from whom on the pages beside it are reached."""

    people: Sequence[Member]
    previous_id: int | None
    next_id: int | None


def asked_of(cohort_id: int) -> list[Asked]:
    """What a cohort is asked for, what is due first first."""
    return [Asked(each, work_of(each)) for each in asked_of_cohort(cohort_id)]


def members_page(cohort_id: int, asked: Sequence[Asked], *, reader_id: int, now: datetime, after_id: int | None, before_id: int | None) -> MembersPage:
    """A page of its people. Attempts of the reader's own are left out: they are for a colleague."""
    page = people_page(PeopleFilter(members={FactKind.COHORTS: str(cohort_id)}), after_id=after_id, before_id=before_id)
    found = [(each.id, each.public_id, each.name) for each in page.people]
    return MembersPage(_told(found, asked, reader_id=reader_id, now=now), page.previous_id, page.next_id)


def all_members(cohort_id: int, asked: Sequence[Asked], *, reader_id: int, now: datetime) -> Iterator[Member]:
    """Everybody in it, by name, some hundreds at a time."""
    ids = member_ids(cohort_id)
    for start in range(0, len(ids), AT_ONCE):
        wanted = select(Person.id, Person.public_id, Person.name).where(Person.id.in_(ids[start : start + AT_ONCE])).order_by(Person.sort_name, Person.id)
        yield from _told([(row.id, row.public_id, row.name) for row in db.session.execute(wanted)], asked, reader_id=reader_id, now=now)


def _told(people: Sequence[tuple[int, str, str]], asked: Sequence[Asked], *, reader_id: int, now: datetime) -> list[Member]:
    ids = [person_id for person_id, _public_id, _name in people]
    ways = [progress_towards(each.work, ids) for each in asked]
    states, practice, held = states_of(ids, at=now), readiness_of_people(ids, at=now), certificates_of_people(ids, at=now)
    sitting, last = attempts_of_people(set(ids) - {reader_id}, now=now)
    return [
        Member(
            person_id=number,
            public_id=public_id,
            name=name,
            status=states[number].status,
            ways=tuple(way[number] for way in ways),
            practice=practice.get(number, {}),
            certificates=[each for each in held.get(number, []) if each.standing.is_in_force],
            sitting=sitting.get(number),
            last=last.get(number),
        )
        for number, public_id, name in people
    ]


def sitting_in(cohort_id: int, *, reader_id: int, now: datetime) -> list[RunningAttempt]:
    """What its people sit now, the earliest end first, one more than a page where there are more; not what the reader sits."""
    theirs = are_in_cohort(Attempt.person_id, cohort_id) & (Attempt.person_id != reader_id)
    return running_attempts(exam_id=None, after=None, among=theirs, now=now)


def marks_waiting_in(cohort_id: int) -> WaitingMarks:
    """How many marks of replies of its people are still to be given."""
    return waiting_marks(are_in_cohort(Attempt.person_id, cohort_id))


def sat_in(cohort_id: int, *, reader_id: int) -> list[Sat]:
    """Every attempt of its people that is over and graded, in the order in which they were begun; not the reader's."""
    earned, total = (ScoreRun.result[name].as_float() for name in ("earned_weight", "total_weight"))
    asked = (
        select(Attempt.public_id, Attempt.person_id, Person.public_id, Person.name, Exam.slug, ExamVersion.title, Attempt.ordinal)
        .add_columns(earned, total, ScoreRun.is_final, ScoreRun.is_passed)
        .join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .join(Exam, Exam.id == ExamVersion.exam_id)
        .join(Person, Person.id == Attempt.person_id)
        .where(are_in_cohort(Attempt.person_id, cohort_id), Attempt.person_id != reader_id, Attempt.state != AttemptState.OPEN.value)
        .order_by(Attempt.id)
    )
    return [
        Sat(attempt, person_id, person, name, exam, title, number, _share(points, most), fate_of(is_final=is_final, is_passed=is_passed))
        for attempt, person_id, person, name, exam, title, number, points, most, is_final, is_passed in db.session.execute(asked)
    ]


def _share(points: float, most: float) -> float:
    return float(points) / float(most) if most else 0.0


def fate_of(*, is_final: bool, is_passed: bool) -> Fate:
    """What came of an attempt, by its current score."""
    if not is_final:
        return Fate.BEING_MARKED
    return Fate.PASSED if is_passed else Fate.NOT_PASSED
