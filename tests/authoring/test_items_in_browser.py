"""Items as trainers write and review them in a browser, by keyboard: three kinds, a preview, a change asked for, an approval."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.authoring.world import ITEM, Desk
from tests.browser.looking import Way, in_ways, look
from training.db import db

pytestmark = pytest.mark.browser
LONG = "Wijayanti" * 8
MILD = ITEM.replace("item-one", "item-mild").replace("S4", "S2").replace(", critical: true", "").replace("air gun", "kite")
Opening = Callable[..., Page]


@in_ways
def test_three_kinds_of_item_go_from_their_forms_by_a_reviewer_who_looks_at_them(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    db.session.commit()
    ana = page_of(desk.ana, "/desk/new?kind=item")
    look(ana, "item-new", ways)
    _write_an_ordering(ana)
    _write_a_short_answer(ana)
    _write_a_choice(ana, ways)
    _submit(ana)
    budi = page_of(desk.budi, "/desk/")
    budi.get_by_role("link", name="item-choice").press("Enter")
    budi.get_by_role("button", name="Open it").press("Enter")
    _look_and_ask_for_a_change(budi, ways)
    ana.reload()
    expect(ana.get_by_text("Budi asks for changes.")).to_be_visible()
    ana.get_by_role("link", name="As a form").press("Enter")
    ana.get_by_role("textbox", name="Option d").fill("Hold it for a day")
    _save(ana)
    _submit(ana)
    budi.reload()
    budi.get_by_role("button", name="Approve").press("Enter")
    expect(budi.get_by_text("Approved.", exact=True)).to_be_visible()


def _begin(page: Page, kind: str, slug: str) -> None:
    page.goto("/desk/new?kind=item")
    page.get_by_label("How it is answered").select_option(kind)
    page.get_by_label("Its id").fill(slug)
    page.get_by_label("Its id").press("Enter")
    expect(page.get_by_role("heading", name="What it asks")).to_be_visible()


def _say_what_it_is_about(page: Page) -> None:
    page.get_by_label("Question", exact=True).fill("A listing offers an air gun.\n\nWhat do you do?")
    page.get_by_label("Area").select_option("PRO")
    page.get_by_label("Clauses").fill("PRO-01.a")
    page.get_by_label("Why", exact=True).fill("An air gun is a firearm here.")


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save and check").press("Enter")
    expect(page.get_by_text("Saved. What is still to mend stands at the top.")).to_be_visible()
    expect(page.get_by_text("Nothing is wrong", exact=True)).to_be_visible()


def _write_an_ordering(ana: Page) -> None:
    _begin(ana, "ordering", "item-order")
    _say_what_it_is_about(ana)
    for number, step in enumerate(("Look at it", "Hide it", "Tell the team"), start=1):
        ana.get_by_label(f"Step {number}").fill(step)
    ana.get_by_role("button", name="Add a step").press("Enter")
    expect(ana.get_by_label("Step 4")).to_be_focused()
    ana.get_by_role("button", name="Remove step 4").press("Enter")
    expect(ana.get_by_label("Step 3")).to_be_focused()
    _save(ana)
    ana.get_by_role("link", name="Preview").press("Enter")
    first = ana.locator(".exam-step").first
    expect(first).to_contain_text("Hide it")
    first.get_by_role("button", name="Down").press("Enter")
    expect(ana.locator(".exam-step").first).not_to_contain_text("Hide it")


def _write_a_short_answer(ana: Page) -> None:
    _begin(ana, "short", "item-short")
    _say_what_it_is_about(ana)
    ana.get_by_label("Answer 1").fill("Risk")
    ana.get_by_role("button", name="Add an answer").press("Enter")
    expect(ana.get_by_label("Answer 2")).to_be_focused()
    ana.get_by_label("Answer 2").fill("Risk team")
    _save(ana)


def _write_a_choice(ana: Page, ways: tuple[Way, ...]) -> None:
    _begin(ana, "single", "item-choice")
    look(ana, "item-form-blank", ways)
    _say_what_it_is_about(ana)
    for letter, option in {"a": "Remove it", "b": f"Ask {LONG}", "c": "Leave it"}.items():
        ana.get_by_role("textbox", name=f"Option {letter}").fill(option)
    ana.get_by_role("button", name="Add an option").press("Enter")
    expect(ana.get_by_role("textbox", name="Option d")).to_be_focused()
    ana.get_by_role("textbox", name="Option d").fill("Hold it")
    ana.get_by_role("radio").first.press("Space")
    _save(ana)
    look(ana, "item-form", ways)


def _submit(ana: Page) -> None:
    ana.get_by_role("link", name="Go on to review").press("Enter")
    ana.get_by_role("button", name="Submit for review").press("Enter")
    expect(ana.get_by_text("Submitted. It waits for your colleagues")).to_be_visible()


def _look_and_ask_for_a_change(budi: Page, ways: tuple[Way, ...]) -> None:
    budi.get_by_role("link", name="As a candidate sees it").press("Enter")
    expect(budi.get_by_role("radio")).to_have_count(4)
    expect(budi.get_by_text("An air gun is a firearm here.")).to_have_count(0)
    look(budi, "item-preview", ways)
    budi.get_by_role("link", name="With the key").press("Enter")
    expect(budi.get_by_text("An air gun is a firearm here.")).to_be_visible()
    budi.get_by_role("link", name="At the width of a phone").press("Enter")
    expect(budi.get_by_role("link", name="At full width")).to_be_visible()
    look(budi, "item-preview-key", ways)
    budi.get_by_role("link", name="Back to the draft").press("Enter")
    budi.get_by_label("What you say to the author").fill("For how long is it held?")
    budi.get_by_role("button", name="Ask for changes").press("Enter")
    expect(budi.get_by_text("Sent back to its author, with your words.")).to_be_visible()


@in_ways
def test_many_items_are_chosen_changed_and_reviewed_together_by_keyboard(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    (desk.root / "exams/items/pro/item-mild.yaml").write_text(MILD)
    desk.bring_in()
    ana = page_of(desk.ana, "/desk/items", allowing=("409",))
    look(ana, "items", ways)
    for slug in ("item-mild", "item-one"):
        ana.get_by_label(f"Choose {slug}").press("Space")
    ana.get_by_text("Change the chosen items alike").press("Enter")
    ana.get_by_label("State").last.select_option("live")
    ana.get_by_role("button", name="Submit them for review").press("Enter")
    expect(ana.get_by_role("alert")).to_contain_text("All of them say that already.")
    ana.get_by_label("Tags to add").fill(f"ramadan, {LONG[:30].lower()}")
    ana.get_by_label("State").last.select_option("retired")
    look(ana, "items-changing", ways)
    ana.get_by_role("button", name="Submit them for review").press("Enter")
    expect(ana.get_by_text("Submitted together.")).to_be_visible()
    budi = page_of(desk.budi, ana.url)
    look(budi, "items-together", ways)
    budi.get_by_role("button", name="Approve").press("Enter")
    expect(budi.get_by_text("Your review of 2 is kept.")).to_be_visible()
    budi.get_by_role("button", name="Publish 1 approved").press("Enter")
    expect(budi.get_by_text("Published 1")).to_be_visible()
    ana.goto("/desk/items/item-one")
    expect(ana.get_by_role("button", name="Retire it")).to_be_visible()
    look(ana, "item-running", ways)
