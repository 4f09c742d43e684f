"""The content folder beside the desk, in a browser and by keyboard: what differs, one document opened, a side taken; every page looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from tests.content_store.folders import alter, write
from tests.content_sync.test_settling import COURSE, ITEM, MODULE, publish_at_desk
from training.content_store.rules.kinds import Kind
from training.db import db

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
LONG = "A rule that goes on and on, as rules do once lawyers have looked at them, " * 6


def ahead_on_every_side(desk: Desk) -> None:
    """Documents that differ on each side, one of them with long words, one broken."""
    publish_at_desk(desk, Kind.COURSE, "onboarding", "title: Onboarding", "title: At the desk")
    alter(desk.root, COURSE, "title: Onboarding", "title: In the folder")
    alter(desk.root, COURSE, "summary: What everybody learns first.", f"summary: {LONG}")
    alter(desk.root, MODULE, "No offers of firearms.", f"No offers of firearms. {LONG}")
    alter(desk.root, MODULE, "version: 1.0.0", "version: 1.0.1")
    alter(desk.root, ITEM, "A listing offers an air gun.", "A listing offers a crossbow.")
    (desk.root / "queues/listings.yaml").unlink()
    write(desk.root, "courses/more.yaml", f"id: {'more-' * 11}more\ntitle: More\nsummary: Next.\nlanguage: en\nmodules: [goods]\nexpected_minutes: 10\n")
    write(desk.root, "courses/broken.yaml", "id: broken\ntitle: [")


@in_ways
def test_what_differs_is_looked_at_and_a_side_taken(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    db.session.commit()
    ana = page_of(desk.ana, "/desk/content/")
    expect(ana.get_by_text("Both say the same")).to_be_visible()
    look(ana, "content-same", ways)
    ahead_on_every_side(desk)
    ana.goto("/desk/content/")
    look(ana, "content-differs", ways)
    ana.get_by_role("link", name="goods", exact=True).press("Enter")
    expect(ana.get_by_role("heading", name="Field by field")).to_be_visible()
    look(ana, "content-module", ways)
    ana.goto("/desk/content/item/item-one")
    look(ana, "content-door", ways)
    ana.get_by_role("button", name="Open it").press("Enter")
    expect(ana.get_by_text("crossbow")).to_be_visible()
    look(ana, "content-item", ways)
    ana.goto("/desk/content/queue/listings")
    ana.get_by_role("button", name="Retire it here too").press("Enter")
    expect(ana.get_by_text("Taken from the folder: 1.")).to_be_visible()
    ana.goto("/desk/content/course/onboarding")
    look(ana, "content-both", ways)
    ana.get_by_role("button", name="Keep the desk’s").press("Enter")
    expect(ana.get_by_text("1 document stands as the desk has it.")).to_be_visible()
    ana.get_by_label("Where it is ahead").select_option("desk_newer")
    ana.get_by_role("button", name="Show").press("Enter")
    expect(ana.get_by_role("link", name="onboarding", exact=True)).to_be_visible()
    look(ana, "content-side", ways)
