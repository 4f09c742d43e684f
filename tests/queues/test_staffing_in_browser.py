"""Exceptions and queues as leads find them: empty, full, and with long words."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import in_ways, look
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.rules import Role
from training.actors import Actor, ActorKind
from training.db import db
from training.queues import services
from training.queues.services import Grant

pytestmark = pytest.mark.browser

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
