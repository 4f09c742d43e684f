"""The front page, as the people it is for open it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.exams.factories import AttemptFactory, ExamFactory, right_response
from tests.judgements.factories import JudgementFactory
from tests.practice.factories import PracticeSessionFactory, PracticeSetFactory, ServingFactory, SetAssignmentFactory
from tests.queues.factories import QueueFactory
from tests.statements import asked
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM
from training.certification.queries import certification_by_slug
from training.courses import services as courses
from training.courses.queries import course_by_slug
from training.db import db
from training.exams.rules.saving import Saving
from training.exams.services import save_answer
from training.practice.queries import sets_of
from training.today import queries
from training.today.rules import StepKind
from training.today.views import STEP_WORDS

Signing = Callable[[Browser, Person], Browser]
DAY = timedelta(days=1)


def page_of(browser: Browser) -> str:
    response = browser.get("/")
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_a_new_hire_is_led_to_the_first_module_of_the_assigned_course(browser: Browser, sign_in: Signing) -> None:
    person, module = PersonFactory(), ModuleFactory(title="Product claims")
    course = CourseFactory(title="Your first queue", modules=[module.slug])
    courses.assign(course_by_slug(course.slug), courses.Audience(person_id=person.id), due_at=clock.now() + 3 * DAY, by=SYSTEM, now=clock.now())
    QueueFactory(title="Claims queue", requires={"languages": ["id"]})
    db.session.commit()
    page = page_of(sign_in(browser, person))
    assert "Read the next module: Product claims" in page
    assert "For Your first queue." in page
    assert "0 of 1 steps done" in page
    assert "0 of 1 open to you now" in page
    assert "The queue needs somebody who works in" in page


def test_somebody_with_nothing_to_do_is_offered_practice(browser: Browser, sign_in: Signing) -> None:
    page = page_of(sign_in(browser, PersonFactory()))
    for words in ("Keep your eye in", "Nobody waits for anything from you.", "No certificate of yours ends", "Nothing you acknowledged has changed."):
        assert words in page


@pytest.mark.usefixtures("app")
def test_only_the_exam_that_a_certificate_waits_for_is_the_next_step() -> None:
    person = PersonFactory()
    CertificationFactory(id="replies", needs={"exam": None})
    ExamFactory(id="typing", certification="replies", gating=False)
    now = clock.now()
    aside = queries.day_of(person.id, now=now).step
    assert aside is not None and aside.kind is StepKind.KEEP_FRESH
    ExamFactory(id="entry", certification="reviewer")
    step = queries.day_of(person.id, now=now).step
    assert step is not None and (step.kind, step.subject) == (StepKind.SIT_EXAM, "entry")


@pytest.mark.usefixtures("app")
def test_a_certificate_that_ends_soon_is_to_be_renewed() -> None:
    person, certification = PersonFactory(), CertificationFactory()
    award(person.id, certification, now=clock.now() - 170 * DAY)
    day = queries.day_of(person.id, now=clock.now())
    assert day.step is not None and (day.step.kind, day.step.subject) == (StepKind.RENEW, certification.slug)
    assert [entry.certification.slug for entry in day.expiring] == [certification.slug]
    assert queries.day_of(person.id, now=clock.now() - 100 * DAY).expiring == []


@pytest.mark.usefixtures("app")
def test_the_exam_of_a_certificate_that_ends_soon_is_due_when_it_ends() -> None:
    person, exam = PersonFactory(), ExamFactory()
    award(person.id, certification_by_slug(exam.document.certification), now=clock.now() - 170 * DAY)
    day = queries.day_of(person.id, now=clock.now())
    assert day.step is not None and (day.step.kind, day.step.subject) == (StepKind.SIT_EXAM, exam.slug)
    assert day.step.due_at == day.expiring[0].standing.until


@pytest.mark.usefixtures("app")
def test_a_module_that_changed_since_is_to_be_read_again() -> None:
    person, module = PersonFactory(), ModuleFactory(version="1.0.0")
    courses.acknowledge(person.id, module.current_version, by=SYSTEM, now=clock.now())
    ModuleFactory(id=module.slug, version="1.1.0", summary="Now with another summary.")
    db.session.commit()
    day = queries.day_of(person.id, now=clock.now())
    assert [(entry.module.slug, str(entry.acknowledged), str(entry.module.version)) for entry in day.changed] == [(module.slug, "1.0.0", "1.1.0")]
    assert day.step is not None and day.step.kind is StepKind.REREAD


def test_a_lead_sees_whose_certificates_end_soon_in_the_team_alone(browser: Browser, sign_in: Signing) -> None:
    team, certification = TeamFactory(), CertificationFactory(title="Moderator of claims")
    lead, mine, theirs = PersonFactory(roles=[Role.LEAD], team=team), PersonFactory(team=team, name="Ayu Lestari"), PersonFactory(name="Budi Santoso")
    QueueFactory(requires={"all_of": [certification.slug]})
    QueueFactory(requires={"all_of": [certification.slug]})
    for person in (mine, theirs):
        award(person.id, certification, now=clock.now() - 170 * DAY)
    page = page_of(sign_in(browser, lead))
    assert page.count("Ayu Lestari") == 1
    assert "Budi Santoso" not in page


def test_somebody_signed_out_is_asked_to_sign_in(browser: Browser) -> None:
    response = browser.get("/")
    assert (response.status_code, response.headers["Location"].partition("?")[0]) == (302, "/sign-in")


def test_every_step_leads_to_a_page_that_there_is(app: Flask) -> None:
    assert set(STEP_WORDS) == set(StepKind)
    assert {endpoint for *_, endpoint in STEP_WORDS.values()} <= app.view_functions.keys()


def test_somebody_in_the_middle_of_an_exam_is_led_back_to_its_first_open_place(browser: Browser, sign_in: Signing) -> None:
    person = PersonFactory()
    attempt = AttemptFactory(person=person, exam=ExamFactory(title="Entry to the shop floor"), now=clock.now())
    save_answer(attempt, Saving(1, "window-one", 1, right_response(attempt, 1)), by=SYSTEM, now=clock.now())
    db.session.commit()
    page = page_of(sign_in(browser, person))
    assert "Go on with your exam: Entry to the shop floor" in page
    assert f'href="/exams/attempts/{attempt.public_id}/2"' in page


def test_a_trainers_set_that_is_not_finished_is_shown_with_how_far_it_is(browser: Browser, sign_in: Signing) -> None:
    team = TeamFactory()
    person = PersonFactory(team=team)
    begun, waiting, done = (PracticeSetFactory(title=title, case_count=4) for title in ("Begun", "Waiting", "Done"))
    SetAssignmentFactory(set_id=begun.id, person_id=person.id)
    SetAssignmentFactory(set_id=waiting.id, person_id=None, team_id=team.id)
    SetAssignmentFactory(set_id=done.id, person_id=person.id)
    SetAssignmentFactory(set_id=PracticeSetFactory(title="Another's").id, person_id=PersonFactory().id)
    session = PracticeSessionFactory(person_id=person.id, scope=f"set:{begun.id}")
    ServingFactory(session=session, answered_at=session.started_at, judgement_id=JudgementFactory(person_id=person.id).id)
    PracticeSessionFactory(person_id=person.id, scope=f"set:{done.id}", ended_at=session.started_at)
    page = page_of(sign_in(browser, person))
    assert f'href="/practice/sets/{begun.id}"' in page
    assert "1 of 4 answered" in page
    assert f'href="/practice/sets/{waiting.id}"' in page
    assert "Not begun" in page
    assert f"/practice/sets/{done.id}" not in page
    assert "Another" not in page
    assert "Nobody waits for anything" not in page


@pytest.mark.usefixtures("app")
def test_sets_take_two_statements_however_many_there_are() -> None:
    person_id = PersonFactory().id
    for _number in range(6):
        given = PracticeSetFactory()
        SetAssignmentFactory(set_id=given.id, person_id=person_id)
        PracticeSessionFactory(person_id=person_id, scope=f"set:{given.id}")
    db.session.commit()
    with asked() as statements:
        assert len(sets_of(person_id, None)) == 6
    assert len(statements) == 2
