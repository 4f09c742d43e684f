"""What cites a module or its clauses."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.cases.queries import cases_citing
from training.cases.rules import Pool
from training.certification.queries import PublishedCertification, certifications, holder_count_ending
from training.courses.queries import courses, open_assignment_count
from training.exams.documents import ExamDocument
from training.exams.queries import exams
from training.exams.queries.citing import items_citing
from training.exams.rules.blueprint import DRAWN_STATES, ItemState
from training.policy_changes.queries.published import exam_versions_used
from training.policy_changes.rules.changes import PolicyChange
from training.queues.queries import PublishedQueue, queues

WOULD_BE_DRAWN = DRAWN_STATES | {ItemState.HELD}
"""What is held already is looked at for the change, too."""


@dataclass(frozen=True, slots=True)
class Citing:
    """A case or an item that cites a clause that changed."""

    slug: str
    is_item: bool
    is_held: bool
    """Whether it would be drawn no more until its key is looked at."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Everything that a plan's changes touch, except people."""

    citing: tuple[Citing, ...]
    certifications: tuple[PublishedCertification, ...]
    queues: tuple[PublishedQueue, ...]
    exams: tuple[ExamDocument, ...]
    courses: tuple[tuple[str, int], ...]
    """Title of each course that names a module, and how many assignments of it are open."""
    ending_count: int
    """How many holders' certificates end before the last date."""

    @property
    def held(self) -> tuple[Citing, ...]:
        """What would be held."""
        return tuple(each for each in self.citing if each.is_held)


def certifications_citing(module: str) -> list[PublishedCertification]:
    """The certifications that ask for this module, by itself or in a course."""
    in_courses = {course.slug for course, document in courses() if module in document.modules}
    return [found for found in certifications() if module in found.document.needs.modules or in_courses.intersection(found.document.needs.courses)]


def delta_exams(area: str, documents: Iterable[ExamDocument], certifications_touched: Collection[str]) -> dict[str, ExamDocument]:
    """Of these exams the one for each of these certifications that asks about a change in an area and was not asked for by an earlier change."""
    used = exam_versions_used()
    fitting = [exam for exam in documents if area in exam.areas and exam.certification in certifications_touched and (exam.id, exam.version) not in used]
    return {exam.certification: exam for exam in sorted(fitting, key=lambda exam: (exam.certification, exam.id), reverse=True)}


def citing(changes: Iterable[PolicyChange], *, rekeyed: Collection[str]) -> tuple[Citing, ...]:
    """The cases and items that cite a clause which people read anew; held are those that cite one whose rule is another, unless they are `rekeyed` with it."""
    asking = list(changes)
    touched = frozenset[str]().union(*(change.touched for change in asking))
    changed = frozenset[str]().union(*(change.changed for change in asking))
    held_cases = {slug for slug, pool in cases_citing(changed) if pool is Pool.PRACTICE}.difference(rekeyed)
    held_items = {slug for slug, state in items_citing(changed) if state in WOULD_BE_DRAWN}.difference(rekeyed)
    return (
        *(Citing(slug, is_item=False, is_held=slug in held_cases) for slug, _ in cases_citing(touched)),
        *(Citing(slug, is_item=True, is_held=slug in held_items) for slug, _ in items_citing(touched)),
    )


def touched_by(changes: Sequence[PolicyChange], *, rekeyed: Collection[str], now: datetime) -> Touched:
    """Everything that cites what these changes touch, as it would be if they were published at `now`."""
    asking = [change for change in changes if change.asks_something]
    modules, areas = {change.module for change in asking}, {change.area for change in asking}
    found = {each.slug: each for change in asking for each in certifications_citing(change.module)}
    last = max((change.due_at(now) for change in asking), default=now)
    return Touched(
        citing=citing(asking, rekeyed=rekeyed),
        certifications=tuple(sorted(found.values(), key=lambda each: each.document.title)),
        queues=tuple(queue for queue in queues(now=now) if areas.intersection(queue.document.areas)),
        exams=tuple(exam.document for exam in exams() if any(cell.area is None or cell.area in areas for cell in exam.document.cells)) if asking else (),
        courses=tuple((document.title, open_assignment_count(course.id)) for course, document in courses() if modules.intersection(document.modules)),
        ending_count=holder_count_ending([each.id for each in found.values()], now=now, by=last),
    )
