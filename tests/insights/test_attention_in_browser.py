"""The attention list in a browser: looked at full and empty, a line put aside by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.exams.factories import ExamFactory
from tests.insights.test_attention_rules import figures
from tests.insights.test_attention_views import in_doubt, item, keep

pytestmark = pytest.mark.browser
LONG = "item-bhattacharyya-wojciechowska-venkatanarasimharajuva"


@in_ways
def test_a_trainer_puts_a_line_aside(page_of: Callable[..., Page], ways: tuple[Way, ...]) -> None:
    trainer = PersonFactory(roles=["trainer"])
    page = page_of(trainer, "/attention")
    look(page, "attention-empty", ways)
    keep(item(LONG, 0), in_doubt())
    keep(item("item-easy", 1), figures(60, 60))
    keep(item("item-dead", 2), figures(300, 390, (90, 0, 0)))
    ExamFactory(title="Moderator of product claims in listings and livestreams", item_count=3, cells=({"area": "PRO", "minimum": 3, "maximum": 3},))
    page.reload()
    expect(page.get_by_role("cell", name="Probable wrong key", exact=True)).to_be_visible()
    look(page, "attention", ways)
    link = page.get_by_role("link", name="Put aside: All right or all wrong, item-easy")
    link.focus()
    page.keyboard.press("Enter")
    reason = page.get_by_label("Reason")
    expect(reason).to_be_visible()
    look(page, "attention-aside", ways)
    reason.fill("New people all know this one.")
    page.get_by_role("button", name="Put it aside").click()
    expect(page.get_by_text("Put aside until it changes")).to_be_visible()
    expect(page.get_by_role("rowheader", name="item-easy")).to_have_count(0)
    page.get_by_label("Show").select_option("aside")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("New people all know this one.")).to_be_visible()
    look(page, "attention-put-aside", ways)
