"""Figures in a browser: from a team's overdue people to who they are, by keyboard; looked at full, empty and with long words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import TaxonomyAreaFactory
from tests.certification.factories import CertificationFactory, award
from tests.courses.factories import CourseFactory, ModuleFactory
from tests.insights.test_counting import counted_until
from tests.practice.factories import AreaMasteryFactory
from training import clock
from training.accounts.models import Person, Team
from training.accounts.rules import Role
from training.actors import SYSTEM
from training.certification.rules import DeltaKind
from training.certification.rules.deltas import Delta
from training.certification.services import owe_delta
from training.courses import queries as courses
from training.courses.rules.assigning import AudienceRule
from training.courses.services import Audience, acknowledge, assign
from training.db import db

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
DAY = timedelta(days=1)
LONG = "Bhattacharyya-Wojciechowska-Venkatanarasimharajuvaripeta"
AREAS = {"PRO": "Prohibited goods", "IPR": "Intellectual property", "CLM": "Product claims and what nobody could possibly prove about them"}


def staffed() -> tuple[Person, Team]:
    """A lead, and two teams with everything in every state."""
    now = clock.now()
    night, day = TeamFactory(name="Night shift Jakarta"), TeamFactory(name="Day shift Kuala Lumpur and everybody else who works there")
    for code, title in AREAS.items():
        TaxonomyAreaFactory(code=code, title=title)
    module = ModuleFactory(id="claims", title="Product claims", now=now - 90 * DAY)
    course = CourseFactory(id="entry", title="Entry course for everybody who works on listings, reviews and live streams", modules=("claims",))
    held = CertificationFactory(id="listing", title="Listing moderation")
    assign(course, Audience(rule=AudienceRule("ID", "")), due_at=now - 2 * DAY, by=SYSTEM, now=now - 20 * DAY)
    assign(courses.module_by_slug("claims"), Audience(rule=AudienceRule("MY", "")), due_at=now + 5 * DAY, by=SYSTEM, now=now - 20 * DAY)
    for number in range(14):
        name = f"{LONG} {LONG}" if number == 3 else f"Rani Nomor {number}"
        person = PersonFactory(
            name=name, team=day if number % 3 else night, markets=("MY",) if number % 3 else ("ID",), languages=("id", "en")[: 1 + number % 2]
        )
        award(person.id, held, now=now - number * 16 * DAY)
        AreaMasteryFactory(person_id=person.id, area="PRO", right_weight=10 + number * 3, wrong_weight=2, count=12 + number, last_answered_at=now - DAY)
        AreaMasteryFactory(person_id=person.id, area="IPR", right_weight=20, wrong_weight=1 + number, count=40, last_answered_at=now - number * DAY)
        if number % 4 == 0:
            acknowledge(person.id, module.current_version, by=SYSTEM, now=now - 3 * DAY)
        owe_delta(
            Delta("claims", module.current_version.version, ("PRO",), DeltaKind.READING, None, ()),
            {person.id: now + (number - 4) * 4 * DAY},
            now=now - 30 * DAY,
        )
    lead = PersonFactory(name="Ibu Kepala", roles=(Role.LEAD, Role.MODERATOR), team=night, markets=("ID",), languages=("id",))
    db.session.commit()
    counted_until(now)
    return lead, night


def test_a_lead_goes_from_a_figure_to_its_people_by_keyboard(page_of: Opening) -> None:
    lead, _night = staffed()
    page = page_of(lead, "/organisation")
    expect(page.get_by_role("row", name="Night shift Jakarta")).to_be_visible()
    expect(page.get_by_text("Day shift")).to_have_count(0)
    overdue = page.get_by_role("link", name="Overdue with something, Night shift Jakarta")
    overdue.focus()
    expect(overdue).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Anything asked for: Overdue", exact=False)).to_be_visible()
    person = page.get_by_role("rowheader").first.get_by_role("link")
    person.focus()
    expect(person).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Rani Nomor")


@in_ways
def test_figures_are_looked_at(page_of: Opening, ways: tuple[Way, ...]) -> None:
    look(page_of(PersonFactory(roles=(Role.LEAD,)), "/organisation"), "figures-no-team", ways)
    look(page_of(PersonFactory(roles=(Role.AUDITOR,)), "/organisation/adherence"), "figures-empty", ways)
    lead, night = staffed()
    head = PersonFactory(name="Head of Operations", roles=(Role.ADMIN,))
    for name, address in (
        ("figures", ""),
        ("figures-by-market", "?beside=market"),
        ("figures-due", "/adherence"),
        ("figures-ready", "/readiness"),
        ("figures-one", "/figure?topic=delta&subject=claims%201.0.0"),
        ("figures-one-area", f"/figure?topic=area&subject=PRO&team={night.id}"),
        ("figures-people", "/figure/people?topic=certificate&subject=listing"),
        ("figures-everybody", "/people"),
    ):
        look(page_of(head, f"/organisation{address}"), name, ways)
    look(page_of(lead, "/organisation/readiness"), "figures-ready-of-a-team", ways)
