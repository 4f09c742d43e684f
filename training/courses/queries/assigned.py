"""What people are asked to complete, all ways of being asked together, and how far they are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from training.accounts.queries import state_of
from training.accounts.rules import PersonState
from training.config import zone_or_organisations
from training.courses.models import Assignment, Course, Module
from training.courses.queries.assignments import needs_of_module
from training.courses.queries.courses import courses, needs_of
from training.courses.queries.modules import current_modules
from training.courses.queries.reading import learned_of, practice_counts_of
from training.courses.rules.assigning import rules_fitting
from training.courses.rules.progress import CourseNeeds, CourseProgress, KnownCourse, Learned, progress_of
from training.db import db
from training.db.json_rows import one_of_ids


@dataclass(frozen=True, slots=True)
class AssignedWork:
    """A course or a module that somebody is asked to complete, and how far they are."""

    assignment_id: int
    is_module: bool
    slug: str
    title: str
    assigned_at: datetime
    due_at: datetime
    """The end of the day where they are."""
    is_for_one: bool
    """Whether it is asked of this person, and not of everybody of a team, cohort, market or language."""
    progress: CourseProgress

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing any more."""
        return self.progress.is_complete


@dataclass(frozen=True, slots=True)
class _Asking:
    """One open assignment, and what it asks for as that stands now."""

    row: Assignment
    is_module: bool
    slug: str
    title: str
    known: KnownCourse


def assignments_of(person_id: int, *, now: datetime) -> list[AssignedWork]:
    """What this person, their team and cohorts of now, or everybody of a market or language that is theirs is asked to complete; what is due first comes first.

    What they are asked for in several ways is told once, by its first day.
    """
    return assigned_to({person_id: state_of(person_id, at=now, known_at=now)})[person_id]


def assigned_to(states: Mapping[int, PersonState]) -> dict[int, list[AssignedWork]]:
    """The same of several people of whom this is true, in as many statements."""
    askings = _askings(states)
    records, counts = learned_of(states, areas=()), practice_counts_of(states)
    return {
        person_id: _first_of_each(_told(person_id, state, _asking_of(askings, person_id, state), records[person_id], counts.get(person_id, {})))
        for person_id, state in states.items()
    }


def _told(person_id: int, state: PersonState, askings: Iterable[_Asking], record: Learned, practised: Mapping[str, int]) -> Iterator[AssignedWork]:
    zone = zone_or_organisations(state.time_zone)
    for asking in askings:
        row, known = asking.row, asking.known
        answered = sum(practised.get(area, 0) for area in known.areas)
        progress = progress_of(known.needs, replace(record, practice_count=answered))
        is_for_one = row.person_id == person_id
        yield AssignedWork(row.id, asking.is_module, asking.slug, asking.title, row.assigned_at, row.due_where(zone), is_for_one, progress)


def _first_of_each(found: Iterable[AssignedWork]) -> list[AssignedWork]:
    latest_first = sorted(found, key=lambda work: (work.due_at, work.assignment_id), reverse=True)
    return sorted({(work.is_module, work.slug): work for work in latest_first}.values(), key=lambda work: (work.due_at, work.assignment_id))


Key = tuple[str, int | str]
"""How an assignment names whom it asks."""


def _askings(states: Mapping[int, PersonState]) -> Mapping[Key, list[_Asking]]:
    """The open assignments that take in any of these people and whose course or module is published, by whom they ask."""
    asked = select(Assignment, Course.slug, Module.slug).outerjoin(Course, Course.id == Assignment.course_id)
    asked = asked.outerjoin(Module, Module.id == Assignment.module_id).where(Assignment.withdrawn_at.is_(None), _takes_in(states.values()))
    known, found = _published(), defaultdict[Key, list[_Asking]](list)
    for row, course, module in db.session.execute(asked, {"people": list(states)}):
        is_module, slug = course is None, course or module
        if (is_module, slug) in known:
            title, needs, areas = known[is_module, slug]
            found[_key_of(row)].append(_Asking(row, is_module, slug, title, KnownCourse(needs, areas)))
    return found


def _key_of(row: Assignment) -> Key:
    if row.person_id is not None:
        return "person", row.person_id
    if row.cohort_id is not None:
        return "cohort", row.cohort_id
    return ("team", row.team_id) if row.team_id is not None else ("rule", row.rule or "")


def _asking_of(askings: Mapping[Key, list[_Asking]], person_id: int, state: PersonState) -> Iterator[_Asking]:
    rules: list[Key] = [("rule", rule) for rule in rules_fitting(state.markets, state.languages)]
    cohorts: list[Key] = [("cohort", cohort_id) for cohort_id in state.cohort_ids]
    keys: list[Key] = [("person", person_id), ("team", state.team_id or 0), *cohorts, *rules]
    return (asking for key in keys for asking in askings.get(key, ()))


def _takes_in(states: Iterable[PersonState]) -> ColumnElement[bool]:
    people = list(states)
    rules = {rule for state in people for rule in rules_fitting(state.markets, state.languages)}
    teams = {state.team_id for state in people if state.team_id is not None}
    cohorts = {cohort_id for state in people for cohort_id in state.cohort_ids}
    of_many = (Assignment.rule.in_(sorted(rules)), Assignment.team_id.in_(sorted(teams)), Assignment.cohort_id.in_(sorted(cohorts)))
    return or_(one_of_ids(Assignment.person_id, "people"), *of_many)


def _published() -> dict[tuple[bool, str], tuple[str, CourseNeeds, frozenset[str]]]:
    """The title of every course and module, what completes it, and the areas in which practice counts for it."""
    current = {module.slug: module for module in current_modules()}
    found = {(True, slug): (module.title, needs_of_module(slug, module.version), frozenset[str]()) for slug, module in current.items()}
    for course, document in courses():
        modules = [current[slug] for slug in document.modules if slug in current]
        found[False, course.slug] = (document.title, needs_of(document, modules), frozenset(module.area for module in modules))
    return found
