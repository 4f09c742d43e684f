"""A session of three people as they live it, by keyboard, and how its pages look."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import CaseFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.disputes.factories import documented
from tests.quality.calibrating import APPROVE, DEMOTE, REMOVE, Panel, actor
from training import clock
from training.accounts.models import Person
from training.db import db
from training.quality.services import calibration as services

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]
PageOf = Callable[..., Page]
LONG = "Kanaka Ayu Lestari Wulandari Hadiningrat"
NOTE = "PRO-03.b allows this by name where the licence can be read, and the third picture shows one that can be read. " * 4


def decide(page: Page, key: str, label: str, severity: str) -> None:
    """Label the case that is open by the keys that its page names, once its script is at work."""
    expect(page.get_by_role("button", name="Mark selection")).to_be_visible()
    page.keyboard.press(key)
    page.keyboard.press("l")
    page.keyboard.type(label)
    page.keyboard.press("Enter")
    page.get_by_role("radio", name=severity).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")


@in_ways
def test_three_people_calibrate(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods, services and everything that stands beside them")
    TaxonomyLabelFactory(code="PRO-03")
    case, other = documented(), CaseFactory()
    quality, people = PersonFactory(roles=["qa"], name=LONG), [PersonFactory(name=f"{LONG} {number}") for number in range(3)]
    page = page_of(quality, "/quality/calibration")
    look(page, "calibration-none", ways)
    page.get_by_role("link", name="Call a session").first.press("Enter")
    look(page, "calibration-new", ways)
    page.get_by_label("Title").fill("Medicine on listings after the change of last week, before the campaign begins")
    page.get_by_label("People").fill("\n".join(person.email for person in people))
    page.get_by_label("Or these cases").fill(f"{case.slug}\n{other.slug}")
    page.get_by_role("button", name="Call the session").press("Enter")
    expect(page.get_by_role("heading", name="How far they are")).to_be_visible()
    session = page.url
    look(page, "calibration-begun", ways)
    for person in people:
        _labels(page_of, person, session, ways if person is people[0] else ())
    page.reload()
    expect(page.get_by_text("3 of 3 people have labelled every case")).to_be_visible()
    page.get_by_role("button", name="Reveal what they said").press("Enter")
    expect(page.get_by_role("heading", name="How far people agree")).to_be_visible()
    look(page, "calibration-revealed", ways)
    page.get_by_role("link", name="Case 1").press("Enter")
    page.get_by_label("What was said").fill(NOTE[:400])
    page.get_by_role("button", name="Keep the note").press("Enter")
    expect(page.get_by_text("The note is kept.")).to_be_visible()
    look(page, "calibration-case", ways)
    page.goto(session)
    page.get_by_role("button", name="Close the session").press("Enter")
    expect(page.get_by_text("The session is closed.")).to_be_visible()
    page.get_by_role("link", name="Case 1").press("Enter")
    look(page, "calibration-consensus", ways)
    page.get_by_role("button", name="Bring it forward").press("Enter")
    expect(page.get_by_text("Brought forward", exact=True)).to_be_visible()
    look(page, "calibration-brought", ways)
    trainer = page_of(PersonFactory(roles=["trainer"]), page.get_by_role("link", name="See where it stands").get_attribute("href"))
    look(trainer, "calibration-dispute", ways)


def _labels(page_of: PageOf, person: Person, session: str, ways: tuple[Way, ...]) -> None:
    """Somebody finds the session, and labels both cases by keyboard."""
    page = page_of(person, "/quality/calibration")
    if ways:
        look(page, "calibration-waiting", ways)
    page.get_by_role("link", name="Medicine on listings").press("Enter")
    expect(page).to_have_url(session)
    if ways:
        look(page, "calibration-mine", ways)
    page.get_by_role("link", name="Begin").press("Enter")
    if ways:
        look(page, "calibration-desk", ways)
    decide(page, "1", "OUT-00", "S0")
    expect(page).to_have_url(f"{session}/cases/2")
    decide(page, "2", "PRO-03", "S3")
    expect(page.get_by_text("You have labelled every case.").first).to_be_visible()


@in_ways
def test_two_rounds_and_a_session_that_revealed_nothing_are_legible(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    panel = Panel(4, cases=[CaseFactory() for _ in range(12)])
    for position in range(1, 13):
        panel.say(position, REMOVE, DEMOTE if position % 3 else APPROVE, REMOVE, APPROVE)
    panel.reveal()
    services.begin_again(panel.id, site_url="", by=actor(panel.quality.id), now=clock.now())
    db.session.commit()
    look(page_of(panel.people[0], f"/quality/calibration/{panel.id}"), "calibration-again-mine", ways)
    for position in range(1, 13):
        panel.say(position, REMOVE, REMOVE, REMOVE, APPROVE if position % 4 else REMOVE)
    panel.reveal()
    page = page_of(panel.quality, f"/quality/calibration/{panel.id}")
    look(page, "calibration-two-rounds", ways)
    page.goto(f"{page.url}/cases/1")
    look(page, "calibration-case-two-rounds", ways)
    empty = Panel()
    services.close_session(empty.id, by=actor(empty.quality.id), now=clock.now())
    db.session.commit()
    look(page_of(empty.people[0], f"/quality/calibration/{empty.id}"), "calibration-nothing-revealed", ways)
