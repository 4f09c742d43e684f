"""A change of the rules themselves: holders sit a delta exam of what it touched."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.accounts.factories import PersonFactory
from tests.certification.factories import award
from tests.content_store.folders import alter, write, write_folder
from tests.exams.factories import ExamFactory, ItemFactory, right_response
from tests.policy_changes.changing import AWARDED, CHANGED, SITE, World
from training.actors import SYSTEM
from training.certification.queries import certification_by_slug, open_deltas
from training.certification.services import ExamPassed, consider, follow_studies, reopen_delta
from training.content_sync import services
from training.courses import services as courses
from training.courses.queries import module_by_slug
from training.courses.rules.versions import Version
from training.db import db
from training.exams.rules.saving import Saving
from training.exams.services import confirm_answer, save_answer, start_attempt
from training.queues.rules.decision import Access

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)
DUE = CHANGED + 30 * DAY


@pytest.fixture
def world() -> World:
    """Whose certification has a delta exam about PRO."""
    found = World()
    ItemFactory.create_batch(30)
    delta = {"delta": {"areas": ["PRO"]}, "item_count": 10, "cells": ({"area": "PRO", "minimum": 10, "maximum": 10},)}
    ExamFactory(id="delta-goods", certification="moderator", **delta)
    return found


def pass_exam(world: World, version: str = "1.0.0", *, at=CHANGED + 2 * DAY) -> None:
    passed = ExamPassed("delta-goods", f"attempt-{at:%m%d}", at, version=Version.parse(version))
    consider(world.person.id, world.certification, exam=passed, by=SYSTEM, now=at)
    db.session.commit()


def test_holders_pass_a_delta_exam_by_a_date_and_reading_alone_is_not_enough(world: World) -> None:
    world.change("2.0.0")
    (owed,) = open_deltas(world.person.id)
    assert (owed.kind, owed.due_at, owed.delta.exams) == ("exam", DUE, (("delta-goods", Version(1, 0, 0)),))
    courses.acknowledge(world.person.id, module_by_slug("goods").current_version, by=SYSTEM, now=CHANGED + DAY)
    assert not follow_studies(world.person.id, by=SYSTEM, now=CHANGED + DAY)
    assert world.codes("listings", DUE) == {"DELTA_OVERDUE"} and world.codes("claims", DUE) == set()
    pass_exam(world)
    assert world.codes("listings", DUE) == set()
    assert world.codes("listings", CHANGED + DAY) == {"DELTA_DUE"}, "the day before it was still due"


def test_a_candidate_sits_the_whole_delta_exam_and_the_gate_changes_its_answer_as_the_last_answer_is_in() -> None:
    world = World()
    ItemFactory.create_batch(100)
    rules = {"delta": {"areas": ["PRO"]}, "item_count": 12, "cells": ({"area": "PRO", "minimum": 12, "maximum": 12},), "sequential": {"cap": 60}}
    exam = ExamFactory(id="delta-goods", certification="moderator", **rules)
    world.change("2.0.0")
    now = DUE + DAY
    attempt = start_attempt(world.person.id, exam, allow_public=True, by=SYSTEM, now=now)
    db.session.commit()
    answered = 0
    while attempt.finished_at is None:
        assert world.codes("listings", now) == {"DELTA_OVERDUE"} and world.ask("listings", now).access is Access.DENY
        answered += 1
        now += timedelta(seconds=30)
        save_answer(attempt, Saving(answered, "a-window", answered, right_response(attempt, answered)), by=SYSTEM, now=now)
        confirm_answer(attempt, answered, client_id="a-window", by=SYSTEM, now=now)
        db.session.commit()
    assert (answered, attempt.mode) == (30, "sequential")
    assert world.codes("listings", now) == set() and world.ask("listings", now).access is Access.ALLOW
    assert world.codes("listings", now - timedelta(seconds=1)) == {"DELTA_OVERDUE"}, "as it was known then"
    assert open_deltas(world.person.id) == []


def test_whoever_holds_nothing_and_once_read_it_reads_what_changed(world: World) -> None:
    reader = PersonFactory()
    courses.acknowledge(reader.id, world.module.current_version, by=SYSTEM, now=AWARDED)
    world.change("2.0.0")
    assert [owed.kind for owed in open_deltas(reader.id)] == ["reading"]


def test_an_older_version_of_the_exam_is_not_about_the_change_and_a_later_one_is(world: World) -> None:
    world.change("2.0.0")
    pass_exam(world, "0.9.0")
    assert len(open_deltas(world.person.id)) == 1
    pass_exam(world, "1.0.1", at=CHANGED + 3 * DAY)
    assert open_deltas(world.person.id) == []


def test_a_pass_that_a_ruling_took_back_opens_the_change_again_with_time_to_sit(world: World) -> None:
    world.change("2.0.0")
    pass_exam(world)
    for _ in range(2):
        reopen_delta(world.person.id, f"attempt-{CHANGED + 2 * DAY:%m%d}", by=SYSTEM, now=DUE + DAY)
        db.session.commit()
    (owed,) = open_deltas(world.person.id)
    assert owed.due_at == DUE + 15 * DAY
    assert world.codes("listings", DUE) == set(), "what was answered meanwhile stays"
    assert world.codes("listings", DUE + DAY) == {"DELTA_DUE"}


def test_an_exam_that_an_earlier_change_asked_for_is_not_asked_for_again(world: World) -> None:
    world.change("2.0.0")
    world.change("3.0.0", at=CHANGED + DAY)
    assert [owed.kind for owed in open_deltas(world.person.id)] == ["exam", "reading"]


DELTA = """\
id: delta-goods
title: What changed about goods
version: 1.0.0
certification: moderator
item_count: 2
time_limit_minutes: 15
cells:
  - { area: PRO, minimum: 2, maximum: 2 }
pass_rule: { weighted_percent: 90 }
sequential: { block_item_count: 2 }
delta: { areas: [PRO] }
"""


def test_a_major_version_without_a_delta_exam_for_holders_is_a_fault(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "content")
    alter(folder, "certifications/moderator.yaml", "  courses: [onboarding]\n", "  courses: []\n")
    services.apply(services.propose(folder), allow_public=True, site_url=SITE, by=SYSTEM, now=AWARDED)
    alter(folder, "policies/goods.md", "No offers of firearms.", "No offers of firearms or air guns.")
    marks = "changes: { since: 1.0.0, clauses: { PRO-01.a: changed } }"
    alter(folder, "policies/goods.md", "version: 1.0.0\n", f"version: 2.0.0\n{marks}\n")
    assert services.propose(folder).faults == (), "nobody holds the certificate"
    person = PersonFactory()
    courses.acknowledge(person.id, module_by_slug("goods").current_version, by=SYSTEM, now=AWARDED)
    award(person.id, certification_by_slug("moderator"), now=AWARDED)
    (fault,) = services.propose(folder).faults
    assert str(fault).startswith("policies/goods.md:6: version: a first number asks for a delta exam about PRO, and the holders of moderator have none; write")
    write(folder, "exams/delta-goods.yaml", DELTA)
    assert services.propose(folder).faults == ()
