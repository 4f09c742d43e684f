"""Who was asked to complete which course or module, until when where they are, and how far they are."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from training.accounts.queries import PeopleFilter, fitting_count, people_page, person, states_of
from training.accounts.rules import FactKind, Status
from training.config import zone_or_organisations
from training.courses.models import Assignment, Course, Module
from training.courses.queries.courses import course_by_slug, document_of, modules_of, needs_of
from training.courses.queries.modules import module_by_slug
from training.courses.queries.reading import learned_of
from training.courses.rules.assigning import AudienceRule
from training.courses.rules.progress import CourseNeeds, CourseProgress, progress_of
from training.courses.rules.versions import Version
from training.db import db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class Work:
    """A course or a module as it stands now, as something to be asked for."""

    subject: Course | Module
    title: str
    needs: CourseNeeds
    areas: frozenset[str]
    """Where practice counts for it."""

    @property
    def is_module(self) -> bool:
        """Whether it is a module by itself."""
        return isinstance(self.subject, Module)


def needs_of_module(slug: str, version: Version | None) -> CourseNeeds:
    """What completes a module by itself: that its current version is acknowledged."""
    return CourseNeeds(((slug, version),), (), 0)


def work_of_course(slug: str) -> Work:
    """This course. Raises NotFound."""
    course = course_by_slug(slug)
    document = document_of(course)
    modules = modules_of(document)
    return Work(course, document.title, needs_of(document, modules), frozenset(module.area for module in modules))


def work_of_module(slug: str) -> Work:
    """This module. Raises NotFound, also for a translation: what somebody comes to know is its original."""
    module = module_by_slug(slug)
    if module.original_id is not None:
        raise NotFound
    assert module.current_version is not None, "only modules with a version are found"
    return Work(module, module.current_version.title, needs_of_module(slug, module.current_version.version), frozenset())


def work_of(asked: Assignment) -> Work:
    """What an assignment asks for. Raises NotFound where it is not published any more."""
    return work_of_module(asked.module.slug) if asked.module is not None else work_of_course(asked.course.slug if asked.course is not None else "")


def progress_towards(work: Work, person_ids: Collection[int]) -> dict[int, CourseProgress]:
    """How far each of these people is, in a fixed number of statements."""
    return {person_id: progress_of(work.needs, record) for person_id, record in learned_of(person_ids, areas=work.areas).items()}


def open_assignments(course_id: int | None, *, module_id: int | None = None, count: int | None = None, skipped: int = 0) -> Sequence[Assignment]:
    """Who is asked to complete this course, or this module; what is due first comes first. `count` of them at most."""
    is_about = Assignment.course_id == course_id if course_id is not None else Assignment.module_id == module_id
    statement = select(Assignment).where(is_about, Assignment.withdrawn_at.is_(None)).order_by(Assignment.due_at, Assignment.id)
    return db.session.scalars(statement.limit(count).offset(skipped)).all()


def asked_of_cohort(cohort_id: int) -> Sequence[Assignment]:
    """What a cohort is asked to complete; what is due first comes first."""
    asked = select(Assignment).where(Assignment.cohort_id == cohort_id, Assignment.withdrawn_at.is_(None)).order_by(Assignment.due_at, Assignment.id)
    return db.session.scalars(asked.options(joinedload(Assignment.course), joinedload(Assignment.module))).all()


def open_assignment_count(course_id: int) -> int:
    """How many people, teams and rules are asked to complete this course."""
    return db.session.scalar(select(func.count()).where(Assignment.course_id == course_id, Assignment.withdrawn_at.is_(None))) or 0


def assignment(assignment_id: int) -> Assignment:
    """An assignment that was not withdrawn, with what it asks for. Raises NotFound."""
    found = db.session.get(Assignment, assignment_id, options=[joinedload(Assignment.course), joinedload(Assignment.module)])
    if found is None or found.withdrawn_at is not None:
        raise NotFound
    return found


def members_asked(asked: Assignment) -> Mapping[FactKind, str]:
    """What is true now of everybody whom an assignment to a team, to a cohort or by a rule asks."""
    members = {FactKind.STATUS: Status.ACTIVE.value}
    if asked.team_id is not None:
        return members | {FactKind.TEAM: str(asked.team_id)}
    if asked.cohort_id is not None:
        return members | {FactKind.COHORTS: str(asked.cohort_id)}
    rule = AudienceRule.parse(asked.rule or "")
    said = {FactKind.MARKETS: rule.market, FactKind.LANGUAGES: rule.language}
    return members | {kind: value for kind, value in said.items() if value}


def audience_size(asked: Assignment) -> int:
    """How many active people an assignment asks now."""
    return 1 if asked.person_id is not None else fitting_count(members_asked(asked))


@dataclass(frozen=True, slots=True)
class Taker:
    """Somebody whom an assignment asks."""

    person_id: int
    public_id: str
    name: str
    due_at: datetime
    """The end of the day where they are."""
    progress: CourseProgress


@dataclass(frozen=True, slots=True)
class TakersPage:
    """Some of them by name, and from whom on the pages beside it are reached."""

    takers: Sequence[Taker]
    previous_id: int | None
    next_id: int | None


def takers_page(asked: Assignment, work: Work, *, now: datetime, after_id: int | None = None, before_id: int | None = None) -> TakersPage:
    """A page of the people whom an assignment asks now, each with how far they are: the first, or the one after or before a person."""
    if asked.person_id is not None:
        one = person(asked.person_id)
        listed, previous_id, next_id = [(one.id, one.public_id, one.name)], None, None
    else:
        page = people_page(PeopleFilter(members=members_asked(asked)), after_id=after_id, before_id=before_id)
        listed, previous_id, next_id = [(each.id, each.public_id, each.name) for each in page.people], page.previous_id, page.next_id
    ids = [number for number, _public_id, _name in listed]
    states, progress = states_of(ids, at=now), progress_towards(work, ids)
    due = {number: asked.due_where(zone_or_organisations(states[number].time_zone)) for number in ids}
    takers = [Taker(number, public_id, name, due[number], progress[number]) for number, public_id, name in listed]
    return TakersPage(takers, previous_id, next_id)


def personal_assignments(person_id: int) -> list[dict[str, object]]:
    """What a person was asked for by name, as they take it away."""
    asked = select(Assignment, Course.slug, Module.slug).outerjoin(Course, Course.id == Assignment.course_id)
    rows = db.session.execute(asked.outerjoin(Module, Module.id == Assignment.module_id).where(Assignment.person_id == person_id).order_by(Assignment.id))
    return [
        {"course": course, "module": module, "assigned_at": row.assigned_at, "due_at": row.due_at, "due_on": row.due_on, "withdrawn_at": row.withdrawn_at}
        for row, course, module in rows
    ]
