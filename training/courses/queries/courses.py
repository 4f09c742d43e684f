"""Courses, the way through them, and who was asked to complete which."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from training.accounts.queries import state_of
from training.courses.documents import CourseDocument
from training.courses.models import Assignment, Course, CourseVersion
from training.courses.queries.modules import CurrentModule, current_modules
from training.courses.queries.reading import learned, learned_of, practice_counts
from training.courses.queries.studies import studies_of
from training.courses.rules.progress import CourseNeeds, CourseProgress, progress_of
from training.db import db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class AssignedCourse:
    """A course that somebody is asked to complete, and how far they are."""

    assignment_id: int
    course_slug: str
    title: str
    assigned_at: datetime
    due_at: datetime
    is_for_team: bool
    progress: CourseProgress

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing any more."""
        return self.progress.is_complete


def known_course(slug: str) -> Course | None:
    """The course of this slug, or None where none was ever published."""
    return db.session.scalar(select(Course).options(joinedload(Course.current_version)).where(Course.slug == slug))


def course_by_slug(slug: str) -> Course:
    """The course of this slug with its current version. Raises NotFound."""
    course = known_course(slug)
    if course is None or course.current_version is None:
        raise NotFound
    return course


def document_of(course: Course) -> CourseDocument:
    """What the course's current version says. Raises NotFound where it has none."""
    if course.current_version is None:
        raise NotFound
    return CourseDocument.model_validate(course.current_version.document)


def courses() -> list[tuple[Course, CourseDocument]]:
    """Every course with what it says now, by slug."""
    statement = (
        select(Course).join(CourseVersion, Course.current_version_id == CourseVersion.id).options(contains_eager(Course.current_version)).order_by(Course.slug)
    )
    return [(course, document_of(course)) for course in db.session.scalars(statement)]


def modules_of(document: CourseDocument) -> list[CurrentModule]:
    """The course's modules as they stand now, in reading order; those not published yet are left out."""
    current = {module.slug: module for module in current_modules()}
    return [current[slug] for slug in document.modules if slug in current]


def needs_of(document: CourseDocument, modules: Iterable[CurrentModule]) -> CourseNeeds:
    """What completes a course, given its modules as they stand now."""
    current = {module.slug: module.version for module in modules}
    return CourseNeeds(tuple((slug, current.get(slug)) for slug in document.modules), document.checks, document.practice_count)


def course_progress(person_id: int, course_slug: str) -> CourseProgress:
    """How far this person is in this course. Raises NotFound for an unknown course."""
    found = studies_of(person_id).progress(course_slug)
    if found is None:
        raise NotFound
    return found


def progress_of_people(person_ids: Iterable[int], document: CourseDocument) -> dict[int, CourseProgress]:
    """How far each of these people is in a course, in a fixed number of statements."""
    modules = modules_of(document)
    needs = needs_of(document, modules)
    records = learned_of(person_ids, areas={module.area for module in modules})
    return {person_id: progress_of(needs, record) for person_id, record in records.items()}


def progress_by_course(person_id: int) -> dict[str, tuple[CourseDocument, CourseProgress]]:
    """How far this person is in every course, by its slug."""
    record, counts = learned(person_id, areas=()), practice_counts(person_id)
    current = {module.slug: module for module in current_modules()}
    found: dict[str, tuple[CourseDocument, CourseProgress]] = {}
    for course, document in courses():
        modules = [current[slug] for slug in document.modules if slug in current]
        answered = sum(counts.get(area, 0) for area in {module.area for module in modules})
        found[course.slug] = (document, progress_of(needs_of(document, modules), replace(record, practice_count=answered)))
    return found


def completed_course_slugs(person_id: int) -> frozenset[str]:
    """The courses in which nothing is missing for this person."""
    return frozenset(slug for slug, (_, progress) in progress_by_course(person_id).items() if progress.is_complete)


def assignments_of(person_id: int, *, now: datetime) -> list[AssignedCourse]:
    """What this person, or the team they are in now, is asked to complete; what is due first comes first."""
    team_id = state_of(person_id, at=now, known_at=now).team_id
    mine = Assignment.person_id == person_id
    statement = (
        select(Assignment, Course.slug)
        .join(Course, Assignment.course_id == Course.id)
        .where(Assignment.withdrawn_at.is_(None), mine if team_id is None else or_(mine, Assignment.team_id == team_id))
        .order_by(Assignment.due_at, Assignment.id)
    )
    progress = progress_by_course(person_id)
    return [
        AssignedCourse(row.id, slug, progress[slug][0].title, row.assigned_at, row.due_at, row.team_id is not None, progress[slug][1])
        for row, slug in db.session.execute(statement)
        if slug in progress
    ]


def open_assignments(course_id: int, *, count: int | None = None, skipped: int = 0) -> Sequence[Assignment]:
    """Who is asked to complete this course; what is due first comes first. `count` of them at most."""
    statement = select(Assignment).where(Assignment.course_id == course_id, Assignment.withdrawn_at.is_(None)).order_by(Assignment.due_at, Assignment.id)
    return db.session.scalars(statement.limit(count).offset(skipped)).all()


def open_assignment_count(course_id: int) -> int:
    """How many people and teams that is."""
    return db.session.scalar(select(func.count()).where(Assignment.course_id == course_id, Assignment.withdrawn_at.is_(None))) or 0


def assignment(assignment_id: int) -> Assignment:
    """An assignment that was not withdrawn. Raises NotFound."""
    found = db.session.get(Assignment, assignment_id)
    if found is None or found.withdrawn_at is not None:
        raise NotFound
    return found
