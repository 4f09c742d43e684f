"""Practice sets and courses."""

from collections.abc import Iterator

from training.cases.documents import CaseDocument
from training.cases.rules import Pool
from training.content_store.rules.folder import Folder
from training.content_store.rules.kinds import Kind
from training.content_store.rules.references.names import all_missing
from training.content_store.rules.references.translations import named_translations
from training.courses.documents import CourseDocument
from training.documents.faults import Fault
from training.practice.documents import CheckDocument


def check_faults(folder: Folder) -> Iterator[Fault]:
    """A practice set shows cases of the practice pool."""
    cases = folder.of(CaseDocument)
    for check in folder.of(CheckDocument).values():
        yield from all_missing(check, ("cases",), check.document.cases, folder.names(Kind.CASE), "case")
        for position, slug in enumerate(check.document.cases):
            if slug in cases and cases[slug].document.pool is Pool.EXAM:
                yield check.fault(("cases", position), f"`{slug}` is in the exam pool", "a practice set shows cases of the practice pool only")


def course_faults(folder: Folder) -> Iterator[Fault]:
    """A course names modules and checks that exist."""
    for course in folder.of(CourseDocument).values():
        yield from all_missing(course, ("modules",), course.document.modules, folder.names(Kind.MODULE), "module")
        yield from named_translations(course, ("modules",), enumerate(course.document.modules), folder)
        yield from all_missing(course, ("checks",), course.document.checks, folder.names(Kind.CHECK), "check")
