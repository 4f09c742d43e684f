"""Questions of another program brought in at the desk, by keyboard, and taken away again; every page looked at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from tests.exchange.test_importing import BAD, GOOD
from training import clock
from training.db import db
from training.exchange.tasks import look_through_imports

pytestmark = pytest.mark.browser
Opening = Callable[..., Page]
LONG = "::" + "a-long-name-" * 4 + "::" + "Whoever" * 30 + "?{=me ~you ~" + "them" * 30 + "}\n\n"


@in_ways
def test_a_file_of_questions_becomes_drafts_and_items_become_a_file(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    db.session.commit()
    ana = page_of(desk.ana, "/desk/exchange/")
    look(ana, "exchange-empty", ways)
    _describe(ana, ways)
    look(ana, "exchange-checking", ways)
    look_through_imports(clock.now())
    expect(ana.get_by_role("heading", name="Questions with faults")).to_be_visible()
    look(ana, "exchange-checked", ways)
    ana.get_by_label("Leave the 2 with faults out").press("Space")
    ana.get_by_role("button", name="Make drafts of them").press("Enter")
    expect(ana.get_by_text("Brought in as drafts.")).to_be_visible()
    look(ana, "exchange-batch", ways)
    ana.goto("/desk/")
    expect(ana.get_by_role("link", name="questions.gift")).to_be_visible()
    look(ana, "desk-with-batch", ways)
    _take_away(ana, ways)


def _describe(ana: Page, ways: tuple[Way, ...]) -> None:
    ana.get_by_role("button", name="File", exact=True).set_input_files(
        {"name": "questions.gift", "mimeType": "text/plain", "buffer": (LONG + GOOD + BAD).encode()}
    )
    ana.get_by_role("button", name="Upload").press("Enter")
    expect(ana.get_by_role("heading", name="What holds for every question")).to_be_visible()
    look(ana, "exchange-describe", ways)
    ana.get_by_label("Area").select_option("PRO")
    ana.get_by_role("button", name="Look through it").press("Enter")
    expect(ana.get_by_text("0 questions looked through so far.")).to_be_visible()
    expect(ana.get_by_text("Nothing comes in before you say so.")).to_be_visible()


def _take_away(ana: Page, ways: tuple[Way, ...]) -> None:
    ana.goto("/desk/exchange/export")
    ana.get_by_label("Words of the id").fill("item")
    ana.get_by_role("button", name="Find ids").press("Enter")
    expect(ana.get_by_label("Items")).to_have_value(re.compile("item-one"))
    ana.get_by_role("button", name="See what goes along").press("Enter")
    expect(ana.get_by_role("heading", name="What goes along")).to_be_visible()
    look(ana, "exchange-export", ways)
    with ana.expect_download() as taken:
        ana.get_by_role("button", name="Take the file").press("Enter")
    assert taken.value.suggested_filename == "items.gift.txt"
