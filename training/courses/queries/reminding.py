"""Who has to be reminded of an assignment."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, or_, select

from training.accounts.models import CurrentFact, Person
from training.accounts.queries import has_fact
from training.accounts.rules import FactKind, Status
from training.config import organisation_zone, zone_of
from training.courses.models import Assignment, AssignmentReminder
from training.courses.queries.assignments import members_asked
from training.courses.rules.assigning import REMINDED_DAYS_BEFORE, TOLD_WITHIN, reminder_due
from training.db import db
from training.outbox.models import OutboxMail

WIDEST_ZONES = timedelta(days=2)
"""The same day ends nowhere further apart than this."""


def assignments_near_their_end(*, now: datetime) -> Sequence[Assignment]:
    """Open assignments of which a reminder may be due somewhere."""
    first, last = now - TOLD_WITHIN - WIDEST_ZONES, now + timedelta(days=max(REMINDED_DAYS_BEFORE)) + WIDEST_ZONES
    asked = select(Assignment).where(Assignment.withdrawn_at.is_(None), Assignment.due_at > first, Assignment.due_at < last)
    return db.session.scalars(asked.order_by(Assignment.due_at, Assignment.id)).all()


def people_to_remind(asked: Assignment, zones: Sequence[str], *, now: datetime, limit: int) -> list[tuple[int, int]]:
    """People whom an assignment asks and who were not reminded yet as it is due where they are, with which reminder, by number."""
    due: dict[int, list[str]] = {}
    for zone in zones:
        days = _days(asked, zone_of(zone), now)
        if days is not None:
            due.setdefault(days, []).append(zone)
    elsewhere = _days(asked, organisation_zone(), now)
    found: list[tuple[int, int]] = []
    for days in sorted({*due, *([elsewhere] if elsewhere is not None else [])}):
        is_there = _is_in(due.get(days, []), is_without_zone=days == elsewhere)
        told = exists().where(AssignmentReminder.assignment_id == asked.id, AssignmentReminder.person_id == Person.id, AssignmentReminder.days_before == days)
        people = select(Person.id).where(*_is_asked(asked), is_there, ~told).order_by(Person.id).limit(limit - len(found))
        found += [(person_id, days) for person_id in db.session.scalars(people)]
    return found


def _days(asked: Assignment, zone: ZoneInfo, now: datetime) -> int | None:
    return reminder_due(asked.due_where(zone), assigned_at=asked.assigned_at, now=now)


def _is_asked(asked: Assignment) -> list[ColumnElement[bool]]:
    if asked.person_id is not None:
        return [Person.id == asked.person_id, has_fact(FactKind.STATUS, Status.ACTIVE.value)]
    return [has_fact(kind, member) for kind, member in members_asked(asked).items()]


def _is_in(zones: Sequence[str], *, is_without_zone: bool) -> ColumnElement[bool]:
    own = and_(CurrentFact.person_id == Person.id, CurrentFact.kind == FactKind.TIME_ZONE.value)
    there = exists().where(own, CurrentFact.member.in_(zones))
    return or_(there, ~exists().where(own)) if is_without_zone else there


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom a mail reaches, and by which clock they live."""

    name: str
    email: str
    time_zone: str | None


def people_reached_by_mail(person_ids: Collection[int]) -> dict[int, Reached]:
    """These people by id, in one statement."""
    own = and_(CurrentFact.person_id == Person.id, CurrentFact.kind == FactKind.TIME_ZONE.value)
    asked = select(Person.id, Person.name, Person.email, CurrentFact.member).outerjoin(CurrentFact, own).where(Person.id.in_(sorted(person_ids)))
    return {number: Reached(name, email, zone) for number, name, email, zone in db.session.execute(asked)}


def unsent_reminders(assignment_id: int) -> Sequence[AssignmentReminder]:
    """Reminders of an assignment whose mail waits to be sent."""
    asked = select(AssignmentReminder).join(OutboxMail, OutboxMail.id == AssignmentReminder.mail_id)
    return db.session.scalars(asked.where(AssignmentReminder.assignment_id == assignment_id, OutboxMail.sent_at.is_(None))).all()
