from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.courses.factories import EARLIER, CourseDocumentFactory, CourseFactory, ModuleDocumentFactory, ModuleFactory, body, clause
from training.actors import SYSTEM
from training.courses import queries, services
from training.courses.models import Acknowledgement, ClauseVersion, CourseVersion, ModuleVersion
from training.courses.rules.versions import AssignmentRefusal, ModuleRefusal, Version
from training.db import db
from training.errors import Refusal

pytestmark = pytest.mark.usefixtures("app")
LATER = EARLIER + timedelta(days=1)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def publish(**values: object) -> bool:
    return services.publish_module(ModuleDocumentFactory(**{"id": "goods", "title": "Goods", **values}), now=EARLIER, by=SYSTEM)


def test_publishing_the_same_text_twice_changes_nothing() -> None:
    assert publish() and not publish()
    assert count(ModuleVersion) == 1


def test_a_changed_text_with_the_old_number_is_refused_and_leaves_the_old_one() -> None:
    publish()
    with pytest.raises(Refusal) as refused:
        publish(body=body(clause(rule="No toys either.")))
    assert refused.value.reason is ModuleRefusal.VERSION_NOT_RAISED
    assert count(ModuleVersion) == 1


def test_a_lower_number_is_refused() -> None:
    publish(version="1.2.0")
    with pytest.raises(Refusal) as refused:
        publish(version="1.1.0")
    assert refused.value.reason is ModuleRefusal.VERSION_WENT_BACK


def test_a_raised_number_makes_a_new_version_and_keeps_the_old_text() -> None:
    publish()
    publish(version="1.1.0", body=body(clause(rule="No toys either.")))
    module = queries.module_by_slug("goods")
    assert module.current_version is not None and module.current_version.version == Version(1, 1, 0)
    old = queries.module_version(module.id, Version(1, 0, 0))
    assert "firearms" in old.html and "toys" not in old.html


def test_a_clause_keeps_its_code_over_versions_and_shows_the_current_text() -> None:
    publish()
    publish(version="2.0.0", body=body(clause(rule="No toys either.")))
    assert count(ClauseVersion) == 2
    found = queries.clause_by_code("PRO-01.a")
    assert "No toys either." in found.text and (found.module_slug, found.anchor) == ("goods", "pro-01.a")


def test_a_clause_that_moved_is_found_where_it_is_now() -> None:
    publish(body=body(clause("PRO-01.a"), clause("PRO-02.a")))
    publish(version="2.0.0", body=body(clause("PRO-01.a")))
    services.publish_module(ModuleDocumentFactory(id="drugs", body=body(clause("PRO-02.a"))), now=EARLIER, by=SYSTEM)
    assert queries.clause_by_code("PRO-02.a").module_slug == "drugs"
    assert queries.clause_by_code("PRO-01.a").module_slug == "goods"


def test_acknowledging_twice_is_acknowledging_once() -> None:
    person, module = PersonFactory(), ModuleFactory()
    first = services.acknowledge(person.id, module.current_version, by=SYSTEM, now=EARLIER)
    assert services.acknowledge(person.id, module.current_version, by=SYSTEM, now=LATER).id == first.id
    assert count(Acknowledgement) == 1


def test_only_the_current_version_is_acknowledged() -> None:
    person, module = PersonFactory(), ModuleFactory(id="goods", body=body())
    old = module.current_version
    publish(version="1.0.1")
    with pytest.raises(Refusal) as refused:
        services.acknowledge(person.id, old, by=SYSTEM, now=LATER)
    assert refused.value.reason is ModuleRefusal.VERSION_IS_NOT_CURRENT


def test_an_old_acknowledgement_said_again_still_stands() -> None:
    person, module = PersonFactory(), ModuleFactory(id="goods", body=body())
    old = module.current_version
    services.acknowledge(person.id, old, by=SYSTEM, now=EARLIER)
    publish(version="1.0.1")
    assert services.acknowledge(person.id, old, by=SYSTEM, now=LATER).version == Version(1, 0, 0)


def test_sections_are_noted_once_and_strange_anchors_are_passed_over() -> None:
    person, module = PersonFactory(), ModuleFactory()
    services.mark_sections_read(person.id, module.current_version, ["purpose", "purpose", "no-such-section"], now=EARLIER)
    assert services.mark_sections_read(person.id, module.current_version, ["purpose", "rules"], now=LATER) == {"purpose", "rules"}
    assert queries.sections_read_counts(person.id) == {module.current_version_id: 2}


def test_practice_is_counted_by_area() -> None:
    person = PersonFactory()
    for area in ("PRO", "CLM", "PRO"):
        services.note_practice(person.id, area=area, now=EARLIER)
    assert queries.practice_counts(person.id) == {"PRO": 2, "CLM": 1}


def test_a_course_that_says_the_same_stays_and_another_text_makes_a_new_number() -> None:
    CourseFactory(id="onboarding")
    unchanged = CourseDocumentFactory(id="onboarding", title=queries.document_of(queries.course_by_slug("onboarding")).title)
    assert not services.publish_course(unchanged, now=LATER, by=SYSTEM)
    assert services.publish_course(CourseDocumentFactory(id="onboarding", title="Another title"), now=LATER, by=SYSTEM)
    assert [version.number for version in db.session.scalars(select(CourseVersion).order_by(CourseVersion.number))] == [1, 2]


def test_a_course_is_assigned_to_a_person_or_a_team_once_at_a_time() -> None:
    course, person, team = CourseFactory(), PersonFactory(), TeamFactory()
    services.assign(course, services.Audience(person_id=person.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    services.assign(course, services.Audience(team_id=team.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    with pytest.raises(Refusal) as refused:
        services.assign(course, services.Audience(person_id=person.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    assert refused.value.reason is AssignmentRefusal.ALREADY_ASSIGNED


def test_an_assignment_that_was_withdrawn_can_be_made_again() -> None:
    course, person = CourseFactory(), PersonFactory()
    first = services.assign(course, services.Audience(person_id=person.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    services.withdraw_assignment(first, by=SYSTEM, now=EARLIER)
    services.assign(course, services.Audience(person_id=person.id), due_at=LATER, by=SYSTEM, now=EARLIER)
    assert len(queries.open_assignments(course.id)) == 1


def test_a_course_is_not_assigned_for_yesterday() -> None:
    with pytest.raises(Refusal) as refused:
        services.assign(CourseFactory(), services.Audience(person_id=PersonFactory().id), due_at=EARLIER, by=SYSTEM, now=LATER)
    assert refused.value.reason is AssignmentRefusal.DUE_IN_THE_PAST
