"""Live quality as people see it, and a proposal decided by keyboard."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import TaxonomyLabelFactory
from tests.certification.factories import CertificationFactory, award
from tests.exams.factories import ExamFactory
from tests.quality.factories import audit
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person, Team
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.quality import queries
from training.quality.rules import CoachingDeed
from training.quality.services import note_coaching

pytestmark = pytest.mark.browser
PageOf = Callable[..., Page]
LONG_NOTE = "The seller says “heals diabetes in three days”, which no listing may say, and the third picture shows a doctor. " * 3


@pytest.fixture
def team(app: Flask) -> Team:
    return TeamFactory(name="Listings")


@pytest.fixture
def lead(team: Team) -> Person:
    return PersonFactory(name="I Made Suryadi", roles=[Role.LEAD], team=team)


@pytest.fixture
def person(team: Team) -> Person:
    """Somebody about whom a suspension is proposed and who is to be coached, beside colleagues of every kind."""
    TaxonomyLabelFactory(code="CLM-01")
    held = CertificationFactory(title="Moderator of everything that sellers and creators claim about their products", validity_days=365)
    QueueFactory(id="claims", title="Product claims in listings and livestreams", requires={"all_of": [held.slug]})
    found = PersonFactory(name="Kanaka Ayu Lestari Wulandari Hadiningrat", team=team)
    colleagues = [PersonFactory(name=name, team=team) for name in ("Budi", "Sri Wahyuni", "Rani")]
    now = clock.now()
    for each in (found, *colleagues):
        award(each.id, held, now=now - timedelta(days=40))
    hours = {"now": now, "labels": ["CLM-01"]}
    labels = {"expected_labels": hours["labels"], "given_labels": hours["labels"]}
    at = [(now - timedelta(days=30) + timedelta(hours=number)).isoformat() for number in range(60)]
    for whom, rights in ((found, [True, False, False] * 8), (colleagues[0], [True] * 55), (colleagues[1], [True] * 30 + [False] * 9)):
        for number, is_right in enumerate(rights):
            audit(whom, held, [is_right], begin=number, now=now, at=at[number], note=None if is_right else LONG_NOTE, **labels)
    audit(found, held, [False, False], begin=58, now=now, at=at[58], sampling="complaint", technical=True)
    return found


@in_ways
def test_a_lead_reads_the_team_and_decides_by_keyboard(page_of: PageOf, lead: Person, ways: tuple[Way, ...], request: pytest.FixtureRequest) -> None:
    page = page_of(lead, "/quality/")
    look(page, "quality-empty", ways)
    person: Person = request.getfixturevalue("person")
    page.reload()
    look(page, "quality-team", ways)
    look(page_of(lead, "/"), "quality-today", ways)
    page.get_by_role("link", name=person.name).first.press("Enter")
    expect(page.get_by_role("heading", name=f"Suspend {person.name}?")).to_be_visible()
    look(page, "quality-proposal", ways)
    page.get_by_role("radio", name="Dismiss the proposal").press("Space")
    page.get_by_label("Reason").fill("Eight of the errors are about a rule that changed that week.")
    page.get_by_role("button", name="Write it down").press("Enter")
    expect(page.get_by_text("It is decided; the gate knows it from now on.")).to_be_visible()
    look(page, "quality-decided", ways)


@in_ways
def test_a_person_reads_their_own_quality_and_coaching(page_of: PageOf, person: Person, lead: Person, ways: tuple[Way, ...]) -> None:
    look(page_of(person, "/quality/mine"), "quality-mine", ways)
    look(page_of(lead, "/quality/mine"), "quality-mine-empty", ways)
    (coaching,) = queries.open_coachings([person.id])
    note_coaching(coaching, CoachingDeed.HELD, note=LONG_NOTE, by=Actor(ActorKind.PERSON, lead.id), now=clock.now())
    page = page_of(person, f"/quality/coaching/{coaching.id}")
    look(page, "quality-coaching-own", ways)
    page.get_by_label("Your note").fill("I read the rule again, and see it now.")
    page.get_by_role("button", name="Write it down").press("Enter")
    expect(page.get_by_text("I read the rule again, and see it now.")).to_be_visible()
    look(page_of(lead, f"/quality/coaching/{coaching.id}"), "quality-coaching", ways)


@in_ways
def test_an_analyst_uploads_a_sheet_by_keyboard(page_of: PageOf, person: Person, tmp_path: Path, ways: tuple[Way, ...]) -> None:
    page = page_of(PersonFactory(roles=[Role.QA]), "/quality/upload")
    look(page, "quality-upload", ways)
    rows = ["id,person,queue,at,sampling,expected_decision,given_decision"]
    rows += [f"s-{number},{whom},claims,2026-06-01 09:30,random,REMOVE,REMOVE" for number, whom in enumerate([person.email, "nobody@example.org"])]
    sheet = tmp_path / "audits.csv"
    sheet.write_text("\n".join(rows), encoding="utf-8")
    page.get_by_label("Sheet").set_input_files(sheet)
    page.get_by_role("button", name="Check the sheet").press("Enter")
    expect(page.get_by_role("heading", name="nothing is taken down yet")).to_be_visible()
    look(page, "quality-checked", ways)
    page.get_by_role("button", name="Take down one audit").press("Enter")
    expect(page.get_by_text("Taken down: 1 new, 0 corrected, 0 known before.")).to_be_visible()


@in_ways
def test_whether_the_exam_predicts_quality_reads_everywhere(page_of: PageOf, person: Person, ways: tuple[Way, ...]) -> None:
    ExamFactory(id="claims-exam", certification="claims-reviewer")
    look(page_of(PersonFactory(roles=[Role.QA]), "/quality/prediction"), "quality-prediction", ways)
