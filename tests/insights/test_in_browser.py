"""Evidence packs in a browser: asked for with the keyboard, taken along, looked at full, empty and with long words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.insights.factories import day, make_pack, make_world
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.db import db
from training.insights.rules import ScopeKind
from training.insights.services.checking import check_pack
from training.insights.tasks import go_on_with_packs

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
LONG = "Bhattacharyya-Wojciechowska-Venkatanarasimharajuvaripeta"


def test_an_auditor_asks_for_a_pack_by_keyboard_and_takes_it_along(page_of: Opening, tmp_path: Path) -> None:
    world = make_world()
    page = page_of(world.auditor, "/evidence")
    page.get_by_label("Those who might work one queue").focus()
    page.keyboard.press("Space")
    page.get_by_label("Queue", exact=True).select_option("listing-claims-id")
    page.get_by_label("Until, or at").fill("2026-04-11T09:00")
    page.get_by_label("Give names").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is being made")).to_be_visible()
    go_on_with_packs(clock.now())
    db.session.commit()
    page.get_by_role("link", name="Look again").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Signed file").click()
    taken = tmp_path / "pack.json"
    started.value.save_as(taken)
    assert check_pack(taken.read_bytes()).holds
    assert world.sri.name not in taken.read_text()
    assert json.loads(taken.read_bytes())["pack"]["facts"]["at"].startswith("2026-04-11")


@in_ways
def test_the_pages_are_looked_at(page_of: Opening, ways: tuple[Way, ...]) -> None:
    empty = page_of(PersonFactory(roles=(Role.AUDITOR,)), "/evidence", allowing=("409",))
    look(empty, "evidence-empty", ways)
    empty.get_by_label("One person").check()
    empty.get_by_role("button", name="Make the pack").click()
    expect(empty.get_by_role("heading", name="Please mend this and send it again")).to_be_visible()
    look(empty, "evidence-refused", ways)
    world = make_world(sri=f"{LONG} {LONG}")
    made = [
        make_pack(world.auditor, ScopeKind.PERSON, world.sri.public_id, at=day(60), now=clock.now()),
        make_pack(world.lead, ScopeKind.ORGANISATION, since=day(-30), at=day(60), now=clock.now(), has_names=False, language="id"),
    ]
    full = page_of(world.auditor, "/evidence")
    look(full, "evidence-full", ways)
    full.goto(f"/evidence/{made[1].public_id}")
    look(full, "evidence-pack", ways)
    _ask(full)
    look(full, "evidence-waiting", ways)


def _ask(page: Page) -> None:
    page.goto("/evidence")
    page.get_by_role("button", name="Make the pack").click()
    expect(page.get_by_text("It is being made")).to_be_visible()


def test_somebody_else_finds_no_place_for_it(page_of: Opening) -> None:
    person: Person = PersonFactory()
    page = page_of(person, "/")
    assert page.get_by_role("link", name="Evidence", exact=True).count() == 0
