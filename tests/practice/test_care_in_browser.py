"""Care as eyes and fingers find it: the page, small pictures, and what is veiled until it is shown."""

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts.factories import LONG_AGO, PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import CaseFactory, CaseVersionFactory, TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.media.factories import picture_bytes
from tests.practice.factories import ConsentEventFactory, PracticePreferenceFactory, PracticeSessionFactory, ServingFactory
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person
from training.db import db
from training.media.services import store

pytestmark = pytest.mark.browser


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    TaxonomyLabelFactory(code="PRO-03", title="Prescription medicine sold without authority")
    return PersonFactory(name="Rani Kusumawardhani Prawirodirdjo Lestari")


def pictured_serving(person: Person, **serving: object) -> str:
    case = CaseFactory()
    images = []
    for number in range(3):
        file = store(picture_bytes(size=(640 + number, 480)), now=clock.now())
        images.append({"media_id": file.id, "alt": f"A box of sachets, {number}", "width": file.width, "height": file.height})
    case.current_version_id = CaseVersionFactory(case_id=case.id, number=2, images=images).id
    db.session.commit()
    return f"/practice/{ServingFactory(session=PracticeSessionFactory(person_id=person.id), case=case, served_at=clock.now(), **serving).id}"


@in_ways
def test_the_page_is_readable_everywhere(page_of: Callable[..., Page], me: Person, ways: tuple[Way, ...]) -> None:
    page = page_of(me, "/practice/care")
    look(page, "care", ways)
    page.get_by_role("group", name="Small pictures").get_by_label("On", exact=True).check()
    page.get_by_role("button", name="Keep these choices").click()
    expect(page.get_by_text("Cases are shown as you chose from now on.")).to_be_visible()


@in_ways
def test_pictures_are_small_until_they_are_opened_by_a_key(page_of: Callable[..., Page], me: Person, ways: tuple[Way, ...]) -> None:
    PracticePreferenceFactory(person_id=me.id, is_thumbnailed=True)
    page = page_of(me, pictured_serving(me))
    first = page.locator("[data-case] img").first
    assert first.evaluate("image => Math.max(image.offsetWidth, image.offsetHeight)") <= 112
    look(page, "care-small", ways)
    page.get_by_label("Show pictures in full size").focus()
    page.keyboard.press("Space")
    assert first.evaluate("image => image.offsetWidth") > 200
    look(page, "care-opened", ways)


@in_ways
def test_a_warning_stands_before_a_severe_case_and_skipping_brings_another(page_of: Callable[..., Page], me: Person, ways: tuple[Way, ...]) -> None:
    TaxonomyAreaFactory(code="HRM", title="Speech, violence and self-harm", position=1)
    session = PracticeSessionFactory(person_id=me.id)
    case = CaseFactory(surface="comment", area="HRM", concept="HRM-03.a", severity="S4")
    CaseFactory(surface="comment", area="HRM", concept="HRM-03.a", severity="S1", family="fam-lighter")
    page = page_of(me, f"/practice/{ServingFactory(session=session, case=case, is_severe=True, served_at=clock.now()).id}")
    look(page, "care-warned", ways)
    page.get_by_label("Show the case").focus()
    page.keyboard.press("Space")
    expect(page.get_by_label("Show the case")).to_be_hidden()
    page.get_by_role("button", name="Skip, for something lighter").press("Enter")
    expect(page.get_by_text("serious harm")).to_have_count(0)
    expect(page.get_by_role("button", name="Send the answer")).to_be_visible()


@in_ways
def test_what_is_agreed_to_is_said_and_asked_plainly(page_of: Callable[..., Page], me: Person, ways: tuple[Way, ...]) -> None:
    ConsentEventFactory(person_id=me.id, sensitivity="violence")
    QueueFactory(areas=("HRM",), title="Reported threats")
    page = page_of(me, "/practice/care")
    look(page, "care-consent", ways)
    page.goto("/queues")
    look(page, "care-queues", ways)
    page.get_by_role("link", name="Change what you agree to see").click()
    page.get_by_role("button", name="Agree to see it").press("Enter")
    expect(page.get_by_text("You agreed to see: Violence and cruelty.")).to_be_visible()
    look(page_of(PersonFactory(roles=["admin"]), "/practice/consents"), "care-askings", ways)


@in_ways
def test_leads_read_counts_of_care(page_of: Callable[..., Page], me: Person, ways: tuple[Way, ...]) -> None:
    team = TeamFactory(name="Night shift of the Indonesian marketplace")
    for number in range(12):
        person = PersonFactory(team=team)
        if number < 6:
            ConsentEventFactory(person_id=person.id, sensitivity="violence", effective_from=LONG_AGO)
    page = page_of(PersonFactory(team=team, roles=["lead"]), "/practice/team/care")
    expect(page.get_by_text("6 of 13")).to_be_visible()
    look(page, "care-team", ways)
    look(page_of(PersonFactory(roles=["trainer"]), "/practice/team/care"), "care-team-none", ways)
