from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.courses.factories import EARLIER, CourseFactory, ModuleFactory
from tests.threads import at_once
from training.actors import SYSTEM
from training.courses import queries, services
from training.courses.models import Acknowledgement, ModuleVersion, SectionRead
from training.courses.rules.versions import AssignmentRefusal
from training.db import begin_writing, db
from training.errors import Refusal


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def version_of(version_id: int) -> ModuleVersion:
    found = db.session.get(ModuleVersion, version_id)
    assert found is not None
    return found


def test_a_button_pressed_four_times_at_once_acknowledges_once(app: Flask) -> None:
    person_id, version_id = PersonFactory().id, ModuleFactory().current_version_id

    def acknowledge() -> int:
        begin_writing()
        return services.acknowledge(person_id, version_of(version_id), by=SYSTEM, now=EARLIER).id

    outcomes = at_once(app, acknowledge, 4)
    assert len(set(outcomes)) == 1 and isinstance(outcomes[0], int), outcomes
    assert count(Acknowledgement) == 1


def test_sections_told_at_once_are_noted_once_each(app: Flask) -> None:
    person_id, version_id = PersonFactory().id, ModuleFactory().current_version_id

    def tell() -> frozenset[str]:
        begin_writing()
        return services.mark_sections_read(person_id, version_of(version_id), ["purpose", "rules"], now=EARLIER)

    assert at_once(app, tell, 4) == [frozenset({"purpose", "rules"})] * 4
    assert count(SectionRead) == 2


def test_answers_at_once_are_all_counted(app: Flask) -> None:
    person_id = PersonFactory().id

    def answer() -> None:
        begin_writing()
        services.note_practice(person_id, area="PRO", now=EARLIER)

    assert at_once(app, answer, 6) == [None] * 6
    assert queries.practice_counts(person_id) == {"PRO": 6}


def test_a_course_assigned_by_two_at_once_is_assigned_by_one(app: Flask) -> None:
    person_id, course_slug = PersonFactory().id, CourseFactory().slug

    def assign() -> int:
        begin_writing()
        course = queries.course_by_slug(course_slug)
        return services.assign(course, services.Audience(person_id=person_id), due_at=EARLIER + timedelta(days=1), by=SYSTEM, now=EARLIER).id

    outcomes = at_once(app, assign, 3)
    assert [outcome.reason for outcome in outcomes if isinstance(outcome, Refusal)] == [AssignmentRefusal.ALREADY_ASSIGNED] * 2, outcomes
