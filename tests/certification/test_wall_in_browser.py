"""The wall, the public page and the team's ends in a browser: by keyboard, axe clean, with long words and with none."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.certification.factories import CertificationFactory, award
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]
LONG = "Prohibited and restricted goods in livestreams for several markets"
DAY = timedelta(days=1)


@pytest.fixture
def lead(app: object) -> Person:
    """Somebody who leads a team, holds two certificates and has a name of forty letters."""
    team = TeamFactory()
    person = PersonFactory(name="Nguyễn Thị Phượng Hoàng Đặng Lê Quỳnh Như", team=team, roles=[Role.LEAD])
    claims, long = CertificationFactory(title="Product claims", needs={"exam": "entry-exam"}), CertificationFactory(title=LONG, summary=f"{LONG}. " * 5)
    QueueFactory(title="Product claims on listings, Indonesia", requires={"all_of": [claims.slug]})
    for certification, days_ago in ((claims, 160), (long, 20)):
        award(person.id, certification, now=clock.now() - days_ago * DAY)
    award(PersonFactory(name="Sri Wahyuni", team=team).id, claims, now=clock.now() - 178 * DAY)
    CertificationFactory(title="Livestreams", needs={"languages": ["id"]})
    return person


@in_ways
def test_the_wall_its_choices_and_the_page_that_anybody_sees(page_of: PageOf, lead: Person, ways: tuple[Way, ...]) -> None:
    page = page_of(lead, "/certificates")
    expect(page.get_by_text("Renew now")).to_be_visible()
    look(page, "certificates", ways)
    page.get_by_label("My initials").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_text("show it so from now on")).to_be_visible()
    expect(page.get_by_label("My initials")).to_be_checked()
    page.get_by_role("link", name="Page that anyone can verify").first.click()
    expect(page.get_by_text("N. T. P. H. Đ. L. Q. N.")).to_be_visible()
    look(page, "certificate-verified", ways)
    page.goto("/certificates")
    page.get_by_role("link", name=LONG, exact=True).click()
    expect(page.get_by_role("heading", name="History")).to_be_visible()
    look(page, "certificate-long", ways)


@in_ways
def test_an_address_for_the_calendar_is_shown_once(page_of: PageOf, lead: Person, ways: tuple[Way, ...]) -> None:
    page = page_of(lead, "/certificates")
    page.get_by_role("button", name="Make an address").click()
    expect(page.get_by_label("Address")).to_have_value(re.compile(r"/calendars/[\w-]{43}\.ics$"))
    look(page, "calendar-address", ways)
    page.get_by_role("link", name="Done").click()
    page.get_by_role("button", name="Close it").click()
    expect(page.get_by_text("opens nothing any more")).to_be_visible()


@in_ways
def test_a_lead_sees_the_ends_in_the_team(page_of: PageOf, lead: Person, ways: tuple[Way, ...]) -> None:
    page = page_of(lead, "/team/certificates")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Sri Wahyuni")
    look(page, "team-certificates", ways)


@in_ways
def test_a_number_that_nobody_has_and_a_wall_with_nothing_on_it(page_of: PageOf, ways: tuple[Way, ...]) -> None:
    page = page_of(PersonFactory(), "/certificates")
    look(page, "certificates-empty", ways)
    page = page_of(PersonFactory(), "/verify/" + "x" * 300, allowing=("404",))
    expect(page.get_by_role("heading", name="No certificate has this number")).to_be_visible()
    look(page, "certificate-unknown", ways)
    page = page_of(PersonFactory(roles=[Role.LEAD]), "/team/certificates")
    look(page, "team-certificates-empty", ways)
