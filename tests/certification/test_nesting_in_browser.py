"""Time in shadow, as a lead finds it: how far everybody is, and the forms, by keyboard."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory, TeamFactory
from tests.browser.looking import Way, in_ways, look
from tests.certification.factories import CertificationFactory, award
from tests.queues.factories import QueueFactory
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services
from training.db import db
from training.queues.services import Row, report_work

pytestmark = pytest.mark.browser
DAY = timedelta(days=1)


@pytest.fixture
def lead(app: Flask) -> Person:
    TeamFactory(name="Listings")
    return PersonFactory(name="I Made Suryadi", roles=[Role.LEAD])


def settle(lead: Person) -> Person:
    """Three people in shadow: new, extended, and done but for the promotion; the last is returned."""
    certification = CertificationFactory(title="Moderator of everything that sellers and creators claim about their products", nesting={"days": 14})
    QueueFactory(id="claims", requires={"all_of": [certification.slug]})
    now, by = clock.now(), Actor(ActorKind.PERSON, lead.id)
    names = ("Rani Kusumawardhani Prawirodirdjo Lestari", "Budi", "Sri Wahyuni")
    people = [PersonFactory(name=name) for name in names]
    for person, days in zip(people, (3, 16, 20), strict=True):
        award(person.id, certification, now=now - days * DAY)
    report_work([Row(0, people[0].public_id, "claims", (now - DAY).date(), 140)], by=SYSTEM, now=now)
    services.extend(people[1].id, certification, days=7, reason="Escalations were missed twice.", by=by, now=now - 2 * DAY)
    services.sign_off(people[2].id, certification, reason="Decides carefully and asks.", by=by, now=now - DAY)
    db.session.commit()
    return people[2]


@in_ways
def test_how_far_everybody_is_can_be_read_everywhere_and_a_person_promoted_by_keyboard(
    page_of: Callable[..., Page], lead: Person, ways: tuple[Way, ...]
) -> None:
    page = page_of(lead, "/nesting")
    look(page, "nesting-empty", ways)
    settle(lead)
    page.reload()
    look(page, "nesting", ways)
    card = page.get_by_role("article", name="Sri Wahyuni")
    card.get_by_text("Promote or extend").focus()
    page.keyboard.press("Enter")
    expect(card.get_by_label("What happens")).to_have_value("promoted")
    look(page, "nesting-open", ways)
    card.get_by_label("Reason").fill("Decides carefully, and asks where it is grey.")
    card.get_by_role("button", name="Write it down").press("Enter")
    expect(page.get_by_text("It is written down; the gate knows it from now on.")).to_be_visible()
    expect(page.get_by_role("article", name="Sri Wahyuni")).to_have_count(0)


@in_ways
def test_the_holder_reads_how_far_they_are(page_of: Callable[..., Page], lead: Person, ways: tuple[Way, ...]) -> None:
    person = settle(lead)
    page = page_of(person, "/certificates")
    look(page, "nesting-wall", ways)
    page.get_by_role("link", name="Moderator of everything").first.click()
    expect(page.get_by_role("heading", name="Your time in shadow")).to_be_visible()
    look(page, "nesting-own", ways)
