"""Exceptions and queues as leads find them: empty, full, and with long words."""

import re
from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import in_ways, look
from tests.certification.factories import CertificationFactory, award
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts import services as accounts
from training.accounts.models import Person
from training.accounts.rules import Hours, Role
from training.actors import SYSTEM, Actor, ActorKind
from training.db import db
from training.queues import services
from training.queues.services import Grant

pytestmark = pytest.mark.browser

NIGHT = Hours("America/Argentina/ComodRivadavia", frozenset({1, 3, 5, 7}), time(22), time(6))
LONG = "Rechtsschutzversicherungsgesellschaftenangelegenheit " * 7


@in_ways
def test_a_second_person_confirms_an_exception_by_keyboard_alone(page_of, ways) -> None:
    team = TeamFactory(name="Listings")
    person = PersonFactory(name="Maximiliane-Alexandra von Hohenstaufen-Löwe", team=team)
    first, second = PersonFactory(roles=[Role.LEAD], name="Kusumawardhani Prawirodirdjo Lestari"), PersonFactory(roles=[Role.LEAD], team=team)
    grave = QueueFactory(id="grave", title="Reported videos and running livestreams, Malaysia", severity_ceiling="S4", requires={"languages": ["id"]})
    light = QueueFactory(id="light", title="Claims")
    page = page_of(second, "/queues/overrides")
    look(page, "exceptions-empty", ways)
    page.goto("/queues/grave/staffing")
    look(page, "queue-empty", ways)
    now, by = clock.now(), Actor(ActorKind.PERSON, first.id)
    services.grant_override(person.id, light, Grant(False, LONG[:400], now, now + timedelta(hours=5)), by=by, now=now)
    services.propose_override(person.id, grave, Grant(True, "Promotion day, supervised.", now, now + timedelta(hours=50)), by=by, now=now)
    db.session.commit()
    page.goto("/queues/overrides")
    look(page, "exceptions-waiting", ways)
    page.get_by_role("button", name="Confirm").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Proposed by Kusumawardhani")).to_be_visible()
    look(page, "exceptions-acting", ways)
    for address, name in (
        ("/queues/grave/staffing", "queue"),
        (f"/people/{person.public_id}/certificates", "person"),
        ("/queues/matrix", "matrix"),
        ("/", "today"),
    ):
        page.goto(address)
        look(page, f"exceptions-{name}", ways)
    page = page_of(person, "/queues")
    look(page, "exceptions-mine", ways)
    page.goto("/")
    look(page, "exceptions-my-day", ways)


def settled_team() -> Person:
    """The lead of a team with people of every standing, in two shifts, with long words."""
    team = TeamFactory(name="Listings")
    lead = PersonFactory(roles=[Role.LEAD], team=team, name="I Made Suryadi")
    certification = CertificationFactory(title="Moderator of everything that sellers and creators claim about their products")
    shadowed = CertificationFactory(title="Moderator of videos", nesting={"days": 14})
    QueueFactory(id="claims", title="Product claims on listings, Indonesia", requires={"all_of": [certification.slug]})
    QueueFactory(id="videos", title="Reported videos and running livestreams, Malaysia", requires={"all_of": [shadowed.slug]})
    now = clock.now()
    night = accounts.create_shift("Night shift of the southern hemisphere", NIGHT, by=SYSTEM, now=now)
    for number, name in enumerate(("Maximiliane-Alexandra von Hohenstaufen-Löwe", "Budi", "Citra", "Dewi", "Eko")):
        person = PersonFactory(name=name, team=team, languages=["id", "en"] if number % 2 else ["id"])
        if number < 4:
            award(person.id, certification, now=now - timedelta(days=100 + 20 * number))
            award(person.id, shadowed, now=now - timedelta(days=1))
        if number % 2:
            accounts.assign_shift(person, night, effective_from=now, by=SYSTEM, now=now)
    db.session.commit()
    return lead


@in_ways
def test_a_lead_looks_ahead_with_a_slider_and_by_keyboard(page_of, ways) -> None:
    team_less = page_of(PersonFactory(roles=[Role.LEAD]), "/queues/matrix")
    look(team_less, "matrix-no-team", ways)
    page = page_of(settled_team(), "/queues/matrix")
    look(page, "matrix-now", ways)
    slider = page.get_by_role("slider", name="Days from now")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    expect(page.get_by_role("columnheader", name="Lapses by then")).to_be_visible()
    expect(slider).to_be_focused()
    expect(page).to_have_url(re.compile(r"at=\d{4}-"))
    page.keyboard.press("End")
    expect(page.get_by_role("link", name="Lapses by then, Product claims")).to_have_text(re.compile("^4"))
    look(page, "matrix-later", ways)
    page.get_by_role("link", name="Lapses by then, Product claims").click()
    expect(page.get_by_text("Certificate lapses").first).to_be_visible()
    look(page, "matrix-people", ways)
    page.go_back()
    page.get_by_role("slider", name="Days from now").focus()
    page.keyboard.press("Home")
    expect(page.get_by_text("As of now")).to_be_visible()


def test_without_script_a_field_and_a_button_do_the_same(page_of) -> None:
    page = page_of(settled_team(), "/queues/matrix", java_script_enabled=False)
    assert page.get_by_role("slider").count() == 0
    page.get_by_label("At").fill((clock.now() + timedelta(days=80)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Lapses by then")).to_be_visible()
