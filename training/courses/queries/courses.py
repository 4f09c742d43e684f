"""Courses, and the way through them."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from training.courses.documents import CourseDocument
from training.courses.models import Course, CourseVersion
from training.courses.queries.modules import CurrentModule, current_modules
from training.courses.queries.reading import learned, practice_counts
from training.courses.queries.studies import studies_of
from training.courses.rules.progress import CourseNeeds, CourseProgress, progress_of
from training.db import db
from training.errors import NotFound


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
