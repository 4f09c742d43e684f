"""Ask people, teams, cohorts, and everybody of a market or language to complete courses and modules."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.courses.models import Assignment, Course, Module
from training.courses.queries import open_assignments
from training.courses.queries.reminding import unsent_reminders
from training.courses.rules.assigning import AudienceRule
from training.courses.rules.versions import AssignmentRefusal
from training.db import db
from training.errors import Refusal
from training.outbox.services import withdraw_mails


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is asked: one of the four."""

    person_id: int | None = None
    team_id: int | None = None
    rule: AudienceRule | None = None
    cohort_id: int | None = None

    @property
    def subject(self) -> tuple[str, str | int]:
        """How the audit names them."""
        if self.rule is not None:
            return "rule", self.rule.key
        if self.cohort_id is not None:
            return "cohort", self.cohort_id
        return ("person", self.person_id) if self.person_id is not None else ("team", self.team_id or 0)


def assign(subject: Course | Module, audience: Audience, *, due_at: datetime, due_on: date | None = None, by: Actor, now: datetime) -> Assignment:
    """Ask somebody to complete a course or a module by the end of a day where they are; `due_at` is its end where whoever asks is.

    Without a day it is due at that instant for everybody. Raises Refusal where they are asked already, or the instant has passed.
    """
    if due_at <= now:
        raise Refusal(AssignmentRefusal.DUE_IN_THE_PAST)
    course_id, module_id = (subject.id, None) if isinstance(subject, Course) else (None, subject.id)
    asked = Assignment(person_id=audience.person_id, team_id=audience.team_id, rule=audience.rule.key if audience.rule else None)
    asked.cohort_id = audience.cohort_id
    asked.course_id, asked.module_id, asked.due_at, asked.due_on = course_id, module_id, due_at, due_on
    asked.assigned_by_id, asked.assigned_at = by.id, now
    open_ones = open_assignments(course_id, module_id=module_id)
    if any(_is_for(row) == _is_for(asked) for row in open_ones):
        raise Refusal(AssignmentRefusal.ALREADY_ASSIGNED)
    try:
        with db.session.begin_nested():
            db.session.add(asked)
    except IntegrityError as error:
        raise Refusal(AssignmentRefusal.ALREADY_ASSIGNED) from error
    kind = "course" if course_id is not None else "module"
    record(f"{kind}.assigned", by=by, subject=audience.subject, now=now, detail={kind: subject.slug, "due_at": due_at.isoformat()})
    return asked


def _is_for(asked: Assignment) -> tuple[int | None, int | None, int | None, str | None]:
    return asked.person_id, asked.team_id, asked.cohort_id, asked.rule


def withdraw_assignment(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Ask no longer, and take back the reminders that are not sent yet."""
    assignment.withdrawn_at = now
    reminders = unsent_reminders(assignment.id)
    withdrawn = withdraw_mails([reminder.mail_id for reminder in reminders if reminder.mail_id is not None])
    for reminder in reminders:
        reminder.mail_id = None if reminder.mail_id in withdrawn else reminder.mail_id
    db.session.flush()
    kind, subject = ("course", assignment.course) if assignment.course is not None else ("module", assignment.module)
    detail = {kind: subject.slug if subject is not None else None}
    record(f"{kind}.assignment_withdrawn", by=by, subject=("assignment", assignment.id), now=now, detail=detail)
