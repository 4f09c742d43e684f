"""What is followed of people, as the rooms below say it now, and as it is counted."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, select

from training.accounts.models import Person
from training.accounts.queries import has_fact
from training.accounts.rules import PersonState, Role
from training.certification.queries import certificates_of_people, deltas_of
from training.certification.rules import notice_of
from training.courses.models import Assignment
from training.courses.queries import assigned_to
from training.courses.queries.assignments import members_asked
from training.db import UtcDateTime, db, one_of_ids
from training.insights.models import OrganisationLine
from training.insights.rules.lines import Line, LineState, Topic, area_line, asked_line, certificate_line, together
from training.practice.queries import masteries_of

LineKey = tuple[int, str, str]
"""Person, topic, subject."""


def lines_of(states: Mapping[int, PersonState], *, at: datetime) -> dict[int, list[Line]]:
    """What is followed of these people, of whom this is true at an instant, in a fixed number of statements."""
    found: dict[int, list[Line]] = {person_id: [] for person_id in states}
    for source in (_work(states), _deltas(states), _certificates(states, at=at), _areas(states)):
        for person_id, line in source:
            found[person_id].append(line)
    for lines in found.values():
        overall = together(lines)
        lines.extend([overall] if overall is not None else [])
    return found


def _work(states: Mapping[int, PersonState]) -> Iterator[tuple[int, Line]]:
    for person_id, works in assigned_to(states).items():
        for work in works:
            topic = Topic.MODULE if work.is_module else Topic.COURSE
            yield person_id, asked_line(topic, work.slug, is_met=work.is_complete, due_at=work.due_at)


def _deltas(person_ids: Collection[int]) -> Iterator[tuple[int, Line]]:
    """One for each change that somebody was asked to learn; asked for again, it is the last asking that counts."""
    latest = {(owed.person_id, owed.module_slug, owed.module_version): owed for owed in deltas_of(person_ids)}
    for (person_id, module, version), owed in latest.items():
        yield person_id, asked_line(Topic.DELTA, f"{module} {version}", is_met=owed.met_at is not None, due_at=owed.due_at)


def _certificates(person_ids: Collection[int], *, at: datetime) -> Iterator[tuple[int, Line]]:
    for person_id, held in certificates_of_people(person_ids, at=at).items():
        for certificate in held:
            notice = notice_of(certificate.certification.term_rule)
            line = certificate_line(certificate.certification.slug, certificate.standing, notice=notice)
            if line is not None:
                yield person_id, line


def _areas(states: Mapping[int, PersonState]) -> Iterator[tuple[int, Line]]:
    moderating = [person_id for person_id, state in states.items() if Role.MODERATOR in state.roles]
    for person_id, areas in masteries_of(moderating).items():
        for area, mastery in areas.items():
            line = area_line(area, mastery)
            if line is not None:
                yield person_id, line


def line_of(row: OrganisationLine) -> Line:
    """A line as it is kept."""
    return Line(Topic(row.topic), row.subject, row.due_at, row.soon_at, LineState(row.fixed) if row.fixed is not None else None)


def kept_lines(person_ids: Collection[int]) -> dict[LineKey, OrganisationLine]:
    """The lines of these people as they are kept."""
    asked = select(OrganisationLine).where(one_of_ids(OrganisationLine.person_id, "people"))
    return {(row.person_id, row.topic, row.subject): row for row in db.session.scalars(asked, {"people": list(person_ids)})}


def people_with(topics: Iterable[str]) -> list[int]:
    """Everybody who has a line of one of these topics."""
    asked = select(OrganisationLine.person_id).where(OrganisationLine.topic.in_(sorted(topics))).distinct()
    return list(db.session.scalars(asked.order_by(OrganisationLine.person_id)))


def people_asked(asked: Assignment) -> set[int]:
    """Whom an assignment asks, as lists know them: of whom that becomes true later has a note of their own."""
    if asked.person_id is not None:
        return {asked.person_id}
    return set(db.session.scalars(select(Person.id).where(*(has_fact(kind, member) for kind, member in members_asked(asked).items()))))


def stands(at: datetime) -> ColumnElement[str]:
    """How a line stands at an instant, as SQL: `Line.state_at`."""
    row, instant = OrganisationLine, literal(at, UtcDateTime())
    is_met, is_late = (row.fixed == LineState.MET.value, LineState.MET.value), (row.due_at <= instant, LineState.LATE.value)
    return case(is_met, is_late, (row.fixed.is_not(None), row.fixed), (row.soon_at <= instant, LineState.SOON.value), else_=LineState.AHEAD.value)


def turns(at: datetime) -> ColumnElement[Any]:
    """When a line that turns at all next stands otherwise than at an instant, as SQL: `Line.turns_after`."""
    row, instant = OrganisationLine, literal(at, UtcDateTime())
    return case((and_(row.fixed.is_(None), row.soon_at > instant), row.soon_at), (row.due_at > instant, row.due_at), else_=None)
