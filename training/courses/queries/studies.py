"""What one person learned and how the courses stand now, for a statement that asks for more about the person than that."""

import json

from sqlalchemy import bindparam, select

from training.accounts.models import Person
from training.courses.documents import CourseDocument
from training.courses.models import Acknowledgement, CheckPass, Course, CourseVersion, Module, ModuleVersion, PracticeTally
from training.courses.rules.progress import CourseNeeds, KnownCourse, Studies
from training.courses.rules.versions import Version
from training.db import Prepared, Remembered, db, json_row, json_rows, told

_ACKNOWLEDGED = (
    select(json_rows(json_row(Module.slug, Acknowledgement.major, Acknowledgement.minor, Acknowledgement.patch)))
    .join_from(Acknowledgement, Module, Module.id == Acknowledgement.module_id)
    .where(Acknowledgement.person_id == Person.id)
)
_CHECKS = select(json_rows(CheckPass.check_slug)).where(CheckPass.person_id == Person.id)
_PRACTISED = select(json_rows(json_row(PracticeTally.area, PracticeTally.count))).where(PracticeTally.person_id == Person.id)
_COURSES = select(json_rows(json_row(Course.slug, CourseVersion.id, CourseVersion.content_hash))).join_from(
    Course, CourseVersion, CourseVersion.id == Course.current_version_id
)
_MODULES = select(json_rows(json_row(Module.slug, Module.area, ModuleVersion.major, ModuleVersion.minor, ModuleVersion.patch))).join_from(
    Module, ModuleVersion, ModuleVersion.id == Module.current_version_id
)
STUDIES = tuple(told(each) for each in (_ACKNOWLEDGED, _CHECKS, _PRACTISED, _COURSES, _MODULES))
"""Columns of a statement about a person; `studies_told` reads them."""

_STUDIES = Prepared(select(*STUDIES).where(Person.id == bindparam("person_id")))
_KNOWN: Remembered[tuple[str, str], dict[str, KnownCourse]] = Remembered(8)
_DOCUMENTS: Remembered[tuple[int, str], CourseDocument] = Remembered(500)
"""By id and hash of the version: where a publication is rolled back, its number may be given out again."""


def studies_of(person_id: int) -> Studies:
    """What one person learned, beside the courses as they stand now: one statement."""
    ((acknowledged, checks, practised, courses, modules),) = _STUDIES.here(person_id=person_id)
    return studies_told(acknowledged, checks, practised, courses, modules)


def studies_told(acknowledged: str, checks: str, practised: str, courses: str, modules: str) -> Studies:
    """What the columns say. Courses and modules are read once for each text, because they change seldom."""
    return Studies(
        acknowledged=tuple((slug, Version(*numbers)) for slug, *numbers in json.loads(acknowledged)),
        checks=frozenset(json.loads(checks)),
        practised=dict(json.loads(practised)),
        courses=_KNOWN.get((courses, modules)) or _KNOWN.put((courses, modules), _known_courses(courses, modules)),
    )


def _known_courses(courses: str, modules: str) -> dict[str, KnownCourse]:
    current = {slug: (area, Version(*numbers)) for slug, area, *numbers in json.loads(modules)}
    found: dict[str, KnownCourse] = {}
    for slug, version_id, content_hash in json.loads(courses):
        key = (version_id, content_hash)
        document = _DOCUMENTS.get(key) or _DOCUMENTS.put(key, _document(version_id))
        published = {module: current[module] for module in document.modules if module in current}
        versions = tuple((module, published[module][1] if module in published else None) for module in document.modules)
        found[slug] = KnownCourse(CourseNeeds(versions, document.checks, document.practice_count), frozenset(area for area, _ in published.values()))
    return found


def _document(version_id: int) -> CourseDocument:
    return CourseDocument.model_validate(db.session.scalars(select(CourseVersion.document).where(CourseVersion.id == version_id)).one())
