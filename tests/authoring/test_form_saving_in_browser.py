"""Forms that save by themselves, in a browser: without a button, over a lost connection, with a colleague and in two tabs."""

import pytest
from playwright.sync_api import Route, expect

from tests.authoring.test_in_browser import SAVED, Opening, write
from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from training.authoring import queries
from training.content_store.rules.kinds import Kind
from training.db import db

pytestmark = pytest.mark.browser


@in_ways
def test_nothing_that_is_entered_in_a_form_is_lost(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    draft = desk.begin(Kind.ITEM, "item-one")
    db.session.commit()
    page = page_of(desk.ana, f"/desk/drafts/{draft.id}/form", allowing=("ERR_FAILED",))
    page.get_by_role("textbox", name="Option b").fill("Ask somebody else")
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    page.get_by_label("Why", exact=True).fill("")
    expect(page.get_by_role("heading", name="1 to mend")).to_be_visible()
    page.get_by_label("Why", exact=True).fill("It is a firearm here.")
    expect(page.get_by_text("Nothing is wrong", exact=True)).to_be_visible()
    page.get_by_role("button", name="Add an option").press("Enter")
    page.get_by_role("textbox", name="Option d").fill("Call the shop")
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    look(page, "desk-form-saved", ways)

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/form/saved", cut)
    page.get_by_role("textbox", name="Option c").fill("Leave it be")
    expect(page.locator("[data-state]")).to_contain_text("no connection")
    page.unroute("**/form/saved", cut)
    page.goto(f"/desk/drafts/{draft.id}/form")
    expect(page.get_by_role("textbox", name="Option c")).to_have_value("Leave it be")
    expect(page.get_by_role("textbox", name="Option d")).to_have_value("Call the shop")
    page.get_by_role("button", name="Save and check").last.press("Enter")
    expect(page.get_by_text("Saved. What is still to mend stands at the top.")).to_be_visible()
    db.session.rollback()
    text = queries.draft_by_id(draft.id).text
    assert "Ask somebody else" in text and "Leave it be" in text and "Call the shop" in text


def test_two_tabs_and_a_colleague_are_told_and_whoever_changed_the_same_decides(desk: Desk, page_of: Opening) -> None:
    draft = desk.begin(Kind.CASE, "case-one")
    db.session.commit()
    page = page_of(desk.ana, f"/desk/drafts/{draft.id}/form")
    told = page.get_by_text("You have this draft open in another tab too.")
    expect(page.get_by_label("Price", exact=True)).to_be_visible()
    expect(told).to_be_hidden()
    tab = page.context.new_page()
    tab.goto(f"/desk/drafts/{draft.id}")
    expect(tab.get_by_text("You have this draft open in another tab too.")).to_be_visible()
    expect(told).to_be_visible()
    tab.close()
    expect(told).to_be_hidden()
    budi = page_of(desk.budi, f"/desk/drafts/{draft.id}")
    write(budi, "Rp 500.000", "Rp 600.000")
    page.get_by_label("Why", exact=True).fill("It fires metal balls, and is a gun.")
    expect(page.locator("[data-state]")).to_contain_text("with what a colleague wrote")
    page.get_by_label("Price", exact=True).fill("Rp 700.000")
    expect(page.locator("[data-state]")).to_contain_text("a colleague changed the same")
    page.get_by_role("button", name="Decide in the text").press("Enter")
    page.get_by_role("button", name="Show both in the text").press("Enter")
    expect(page.get_by_label("Beside the text")).to_contain_text("nobody decided yet")
    held = page.get_by_label("Text", exact=True).input_value()
    assert "Rp 600.000" in held and "Rp 700.000" in held and "and is a gun." in held
