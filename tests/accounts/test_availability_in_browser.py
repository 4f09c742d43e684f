"""Breaks, absences and shifts as people find them, empty, full and with long words, by keyboard alone."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import in_ways, look
from training import clock
from training.accounts import services
from training.accounts.rules import AbsenceEntry, AbsenceKind, Hours, Role
from training.actors import SYSTEM, Actor, ActorKind
from training.db import db

pytestmark = pytest.mark.browser

LONG = "Rechtsschutzversicherungsgesellschaftenangelegenheit " * 7
NIGHT = Hours("America/Argentina/ComodRivadavia", frozenset({1, 3, 5, 7}), time(22), time(6), is_binding=True)


@in_ways
def test_a_break_is_taken_and_ended_by_keyboard_alone(page_of, ways) -> None:
    person = PersonFactory()
    page = page_of(person, "/availability")
    look(page, "breaks-empty", ways)
    page.get_by_role("button", name="Until I say so").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="You are on a break")).to_be_visible()
    lead = PersonFactory(name="Maximiliane-Alexandra von Hohenstaufen-Löwe")
    now, by = clock.now(), Actor(ActorKind.PERSON, lead.id)
    services.record_absence(person, AbsenceEntry(AbsenceKind.LEAVE, now + timedelta(days=3), now + timedelta(days=9)), by=by, now=now)
    services.record_absence(person, AbsenceEntry(AbsenceKind.HOLD, now, None, LONG[:400]), by=by, now=now)
    shift = services.create_shift("Night shift of the southern hemisphere, second half of the week", NIGHT, by=SYSTEM, now=now)
    services.assign_shift(person, shift, effective_from=now, by=by, now=now)
    db.session.commit()
    page.reload()
    look(page, "breaks-full", ways)
    page.get_by_role("button", name="I am back").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Welcome back")).to_be_visible()


@in_ways
def test_leads_record_absences_and_administrators_make_shifts(page_of, ways) -> None:
    admin, person = PersonFactory(roles=[Role.ADMIN, Role.LEAD]), PersonFactory(name="Maximiliane-Alexandra von Hohenstaufen-Löwe")
    page = page_of(admin, "/shifts", allowing=("409",))
    look(page, "shifts-empty", ways)
    page.goto(f"/people/{person.public_id}/availability")
    look(page, "availability-empty", ways)
    now = clock.now()
    services.create_shift("Night shift of the southern hemisphere, second half of the week", NIGHT, by=SYSTEM, now=now)
    db.session.commit()
    page.reload()
    page.get_by_label("Hold.").check()
    page.get_by_label("Reason, for a hold").fill(LONG[:400])
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Unavailable now")).to_be_visible()
    look(page, "availability-full", ways)
    page.get_by_label("Hold.").check()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("at least ten letters")
    look(page, "availability-refused", ways)
    page.goto("/shifts")
    look(page, "shifts-full", ways)
    page.get_by_role("link", name="Night shift").click()
    look(page, "shift", ways)
