"""People who are followed together: how far they are, what they sit now, how they did last."""

from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.courses.factories import ModuleFactory
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.statements import counted
from training import clock
from training.actors import SYSTEM
from training.courses import services as courses
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience
from training.db import db
from training.exams import services as exams


@pytest.fixture
def trainer(as_role):
    return as_role("trainer")


def member(team, name, **values):
    return PersonFactory(name=name, team=team, markets=("ID",), languages=("id",), **values)


def asked(module):
    due = clock.now() + timedelta(days=9)
    found = courses.assign(module, Audience(rule=AudienceRule("ID", "id")), due_at=due, due_on=due.date(), by=SYSTEM, now=clock.now())
    db.session.commit()
    return found


def test_a_team_is_followed_with_what_each_sits_and_how_they_did_last(trainer):
    team, exam = TeamFactory(name="Night shift"), ExamFactory(title="Entry to the shop floor")
    sitting = AttemptFactory(person=member(team, "Sari Lestari"), exam=exam, now=clock.now())
    ended = AttemptFactory(person=member(team, "Budi Santoso"), exam=exam, now=clock.now())
    exams.submit_attempt(ended, client_id="window-1", by=SYSTEM, now=clock.now())
    member(TeamFactory(), "Somebody else")
    db.session.commit()
    assert f"/cohorts/teams/{team.id}" in trainer.get("/cohorts").text
    page = trainer.get(f"/cohorts/teams/{team.id}").text
    assert f"/exams/desk/running/{sitting.public_id}" in page and f"/exams/desk/attempts/{ended.public_id}/runs" in page
    assert page.index("Budi Santoso") < page.index("Sari Lestari") and "Somebody else" not in page
    assert "/exams/desk/marking" in page


def test_an_assignments_people_are_followed_with_what_is_missing(trainer):
    module, done = ModuleFactory(), member(None, "Done Already")
    member(None, "Still Reading")
    found = asked(module)
    courses.acknowledge(done.id, module.current_version, by=SYSTEM, now=clock.now())
    db.session.commit()
    assert f"/cohorts/assignments/{found.id}" in trainer.get(f"/assignments/{found.id}").text
    page = trainer.get(f"/cohorts/assignments/{found.id}").text
    assert page.index("Done Already") < page.index("Complete") < page.index("Still Reading") < page.index("What is missing")
    assert f"<li>{module.current_version.title} " in page


def test_a_trainer_reads_nothing_of_their_own_attempts(app, sign_in):
    team = TeamFactory()
    trainer = member(team, "Trainer", roles=["trainer"])
    own = AttemptFactory(person=trainer, now=clock.now())
    assert own.public_id not in sign_in(app.test_client(), trainer).get(f"/cohorts/teams/{team.id}").text


def test_a_large_cohort_is_paged_in_as_many_statements_as_a_small_one(trainer):
    team = TeamFactory()
    member(team, "Member 00")
    path = f"/cohorts/teams/{team.id}"
    trainer.get(path)
    with counted() as few:
        trainer.get(path)
    for number in range(1, 52):
        member(team, f"Member {number:02}")
    with counted() as many:
        page = trainer.get(path).text
    assert "Member 49" in page and "Person 50" not in page and "?after=" in page
    assert len(many) == len(few)


@pytest.mark.parametrize("role", ["moderator", "lead", "qa", "auditor", "admin"])
def test_cohorts_are_for_trainers(as_role, role):
    team, found, browser = TeamFactory(), asked(ModuleFactory()), as_role(role)
    paths = ("/cohorts", f"/cohorts/teams/{team.id}", f"/cohorts/assignments/{found.id}")
    assert {browser.get(path).status_code for path in paths} == {403}
    assert f"/cohorts/assignments/{found.id}" not in browser.get(f"/assignments/{found.id}").text


def test_what_is_not_there_is_not_found(trainer):
    assert [trainer.get(f"/cohorts/{kind}/0").status_code for kind in ("teams", "assignments")] == [404, 404]
