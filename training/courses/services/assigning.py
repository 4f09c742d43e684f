"""Ask people and teams to complete courses."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.courses.models import Assignment, Course
from training.courses.queries import open_assignments
from training.courses.rules.versions import AssignmentRefusal
from training.db import db
from training.errors import Refusal


def assign_course(course: Course, *, person_id: int | None = None, team_id: int | None = None, due_at: datetime, by: Actor, now: datetime) -> Assignment:
    """Ask a person, or everybody of a team, to complete a course by an instant.

    Raises Refusal where they are asked already, or the instant has passed.
    """
    if due_at <= now:
        raise Refusal(AssignmentRefusal.DUE_IN_THE_PAST)
    if any((row.person_id, row.team_id) == (person_id, team_id) for row in open_assignments(course.id)):
        raise Refusal(AssignmentRefusal.ALREADY_ASSIGNED)
    asked = Assignment(person_id=person_id, team_id=team_id, course_id=course.id, assigned_by_id=by.id, assigned_at=now, due_at=due_at)
    try:
        with db.session.begin_nested():
            db.session.add(asked)
    except IntegrityError as error:
        raise Refusal(AssignmentRefusal.ALREADY_ASSIGNED) from error
    detail = {"course": course.slug, "due_at": due_at.isoformat()}
    record("course.assigned", by=by, subject=("person", person_id) if person_id is not None else ("team", team_id or 0), now=now, detail=detail)
    return asked


def withdraw_assignment(assignment: Assignment, *, by: Actor, now: datetime) -> None:
    """Ask no longer."""
    assignment.withdrawn_at = now
    db.session.flush()
    record("course.assignment_withdrawn", by=by, subject=("assignment", assignment.id), now=now, detail={"course": assignment.course.slug})
