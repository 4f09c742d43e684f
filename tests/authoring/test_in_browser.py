"""The desk as trainers use it: a module's change from its first word to the handbook, two windows, a lost connection; every page looked at."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from training.authoring import queries
from training.content_store.rules.kinds import Kind
from training.db import db

pytestmark = pytest.mark.browser
RULE = "No offers of firearms."
SAVED = re.compile(r"^Saved \d\d:\d\d:\d\d")
LONG = "Wijayanti" * 20
Opening = Callable[..., Page]


def write(page: Page, old: str, new: str) -> None:
    """Change what the editor holds, as typing does."""
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace(old, new))
    expect(page.locator("[data-state]")).to_have_text(SAVED)


@in_ways
def test_a_module_goes_from_a_trainer_by_reviewers_to_the_handbook(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    db.session.commit()
    ana, budi, citra = (page_of(person, "/desk/") for person in (desk.ana, desk.budi, desk.citra))
    _write_and_submit(ana, ways)
    _ask_for_a_change(budi, ways)
    _mend(ana, ways)
    for page in (budi, citra):
        page.goto(ana.url)
        page.get_by_role("button", name="Approve").press("Enter")
    expect(citra.get_by_text("Approved.", exact=True)).to_be_visible()
    look(citra, "desk-approved", ways)
    citra.get_by_role("button", name="Publish it").press("Enter")
    expect(citra.get_by_text("Published: it is what runs from now on.")).to_be_visible()
    look(citra, "desk-published", ways)
    ana.goto("/handbook/goods")
    expect(ana.get_by_text("air guns above 0.08 joule").first).to_be_visible()
    expect(ana.get_by_text("Version 1.1.0, published")).to_be_visible()


def _write_and_submit(ana: Page, ways: tuple[Way, ...]) -> None:
    look(ana, "desk-empty", ways)
    ana.get_by_role("link", name="Everything that runs").first.click()
    look(ana, "desk-documents", ways)
    ana.get_by_label("Words").fill("firearms")
    ana.get_by_role("button", name="Find").click()
    ana.get_by_role("button", name="Change Prohibited goods").press("Enter")
    write(ana, RULE, f"No offers of firearms or air guns. See [a clause](clause:PRO-99.z) {LONG}")
    margin = ana.get_by_label("Beside the text")
    expect(margin).to_contain_text("links to the clause `PRO-99.z`, which does not exist")
    look(ana, "desk-writing", ways)
    margin.get_by_role("button", name="Line 17, body").press("Enter")
    text = ana.get_by_label("Text", exact=True)
    expect(text).to_be_focused()
    assert "PRO-99.z" in text.evaluate("text => text.value.slice(text.selectionStart, text.selectionEnd)")
    write(ana, " See [a clause](clause:PRO-99.z) " + LONG, "")
    expect(margin).to_contain_text("Nothing is wrong")
    ana.get_by_role("link", name="Go on to review").click()
    ana.get_by_label("News: people read what changed and say so").check()
    ana.get_by_label("How much it weighs, PRO-01.a").select_option("The same rule, told more clearly")
    ana.get_by_role("button", name="Write it into the draft").click()
    expect(ana.get_by_text("This draft says 1.1.0.")).to_be_visible()
    look(ana, "desk-submission", ways)
    ana.get_by_label("Anything your reviewers should know").fill("Air guns were sold as toys.")
    ana.get_by_role("button", name="Submit for review").click()
    expect(ana.get_by_text("You wrote at this draft, so somebody else reviews it.")).to_be_visible()


def _ask_for_a_change(budi: Page, ways: tuple[Way, ...]) -> None:
    budi.reload()
    look(budi, "desk-waiting", ways)
    budi.get_by_role("link", name="Prohibited goods").click()
    budi.get_by_text("Comment on a line").press("Enter")
    budi.get_by_label("Line", exact=True).fill("21")
    budi.get_by_label("Comment", exact=True).fill(f"Which air guns? {LONG}")
    budi.get_by_role("button", name="Comment", exact=True).click()
    look(budi, "desk-review", ways)
    budi.get_by_label("What you say to the author").fill("Say which air guns.")
    budi.get_by_role("button", name="Ask for changes").click()
    expect(budi.get_by_text("Sent back to its author, with your words.")).to_be_visible()


def _mend(ana: Page, ways: tuple[Way, ...]) -> None:
    ana.reload()
    expect(ana.get_by_text("Budi asks for changes.")).to_be_visible()
    look(ana, "desk-changes-asked", ways)
    write(ana, "air guns", "air guns above 0.08 joule")
    ana.get_by_role("button", name="Settle it").click()
    ana.get_by_role("link", name="Go on to review").click()
    ana.get_by_role("button", name="Submit for review").click()
    expect(ana.get_by_text("Submitted. It waits for your colleagues")).to_be_visible()


@in_ways
def test_a_module_is_written_with_the_toolbar_by_keyboard_and_seen_beside(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    draft = desk.begin(Kind.MODULE, "goods")
    db.session.commit()
    page = page_of(desk.ana, f"/desk/drafts/{draft.id}")
    text = page.get_by_label("Text", exact=True)
    expect(page.get_by_label("Beside the text")).to_contain_text("says nothing of escalating")
    text.press("Control+Alt+KeyP")
    preview = page.get_by_label("Preview", exact=True)
    expect(preview.get_by_text("No offers of firearms.")).to_be_visible()
    _choose(text, "firearms")
    text.press("Control+b")
    expect(text).to_have_value(draft.text.replace("firearms.", "**firearms**."))
    expect(preview.locator("strong", has_text="firearms")).to_be_visible()
    _choose(text, "What this module is for.")
    text.press("Control+Alt+Digit2")
    expect(preview.get_by_role("heading", name="What this module is for.")).to_be_visible()
    _choose(text, "a toy that looks like a gun.\n///")
    page.get_by_label("Label of the new clause").select_option("PRO-01")
    page.get_by_role("button", name="New clause").press("Enter")
    expect(preview.get_by_role("heading", name="PRO-01.b")).to_be_visible()
    look(page, "desk-module", ways)
    text.press("Control+z")
    expect(preview.get_by_role("heading", name="PRO-01.b")).to_have_count(0)
    page.goto(f"/desk/drafts/{draft.id}/preview")
    look(page, "desk-preview", ways)


def _choose(text: Locator, words: str) -> None:
    """Select these words in the editor."""
    text.evaluate("(text, words) => { text.focus(); const at = text.value.indexOf(words); text.setSelectionRange(at, at + words.length); }", words)


@in_ways
def test_a_case_is_written_as_a_form_by_keyboard(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    db.session.commit()
    page = page_of(desk.ana, "/desk/new", allowing=("409",))
    page.get_by_role("link", name="Case", exact=True).press("Enter")
    page.get_by_label("Where it is seen").select_option("listing")
    page.get_by_label("Its id").fill("case-new")
    page.get_by_label("Its id").press("Enter")
    expect(page.get_by_role("heading", name="What the expert says")).to_be_visible()
    look(page, "desk-case-blank", ways)
    shown = {"Title": LONG, "Price": "Rp 1", "Category": "Toys", "Description": 'Shoots "metal balls", he says.', "Seller": "Toko"}
    for name, said in (shown | {"Label 1": "PRO-01", "Clause 1": "PRO-01.a"}).items():
        page.get_by_label(name, exact=True).fill(said)
    page.get_by_label("Attributes").fill("black")
    page.get_by_label("Piece of evidence 1, where it stands").select_option(label="Description")
    page.get_by_label("Exact words: piece of evidence 1").fill('"metal balls"')
    page.get_by_role("group", name="Decision 1").get_by_label("Strike").check()
    page.get_by_label("Severity").select_option("S4")
    page.get_by_label("Goes to").select_option("RISK")
    page.get_by_label("Why").fill("It fires metal balls, which makes it a gun and not a toy.")
    page.get_by_role("button", name="Save and check").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("some lines cannot be read")
    look(page, "desk-case-wrong", ways)
    page.get_by_label("Attributes").fill("Colour: black")
    page.get_by_role("button", name="Save and check").press("Enter")
    expect(page.get_by_text("Saved. What is still to mend stands at the top.")).to_be_visible()
    expect(page.get_by_text("Nothing is wrong", exact=True)).to_be_visible()
    page.get_by_role("link", name="Open the text").press("Enter")
    expect(page.get_by_label("Text", exact=True)).to_have_value(
        re.compile(r"decisions: \[\[REMOVE, STRIKE\]\].*metal balls.*clauses: \[PRO-01\.a\]", re.DOTALL)
    )


@in_ways
def test_an_item_is_behind_a_door_and_a_new_document_begins_with_its_fields(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    draft = desk.begin(Kind.ITEM, "item-one")
    db.session.commit()
    page = page_of(desk.budi, f"/desk/drafts/{draft.id}")
    look(page, "desk-door", ways)
    page.get_by_role("button", name="Open it").press("Enter")
    expect(page.get_by_label("Text", exact=True)).to_have_value(draft.text)
    page.goto("/desk/new")
    look(page, "desk-new", ways)
    page.get_by_role("link", name="Course", exact=True).press("Enter")
    page.get_by_label("Its id").fill("next-steps")
    page.get_by_role("button", name="Begin").press("Enter")
    expect(page.get_by_label("Beside the text")).to_contain_text("modules")
    look(page, "desk-new-draft", ways)


def test_two_who_write_at_once_lose_nothing(desk: Desk, page_of: Opening) -> None:
    draft = desk.begin()
    db.session.commit()
    ana, budi = (page_of(person, f"/desk/drafts/{draft.id}") for person in (desk.ana, desk.budi))
    write(ana, "learns first", "learns on day one")
    write(budi, "expected_minutes: 30", "expected_minutes: 31")
    expect(budi.get_by_label("Text", exact=True)).to_have_value(ana.get_by_label("Text", exact=True).input_value().replace("30", "31"))
    expect(budi.get_by_label("Beside the text")).to_contain_text("Ana has this open too")
    write(budi, "day one", "Monday")
    text = ana.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("day one", "Tuesday"))
    ana.get_by_role("button", name="Show both in the text").press("Enter")
    expect(ana.get_by_label("Beside the text")).to_contain_text("nobody decided yet")
    held = text.input_value()
    assert "Monday" in held and "Tuesday" in held and "31" in held


def test_what_could_not_be_saved_is_kept_and_saved_later(desk: Desk, page_of: Opening) -> None:
    draft = desk.begin()
    db.session.commit()
    page = page_of(desk.ana, f"/desk/drafts/{draft.id}", allowing=("ERR_FAILED",))

    def cut(route: Route) -> None:
        route.abort()

    page.route("**/saved", cut)
    text = page.get_by_label("Text", exact=True)
    text.fill(text.input_value().replace("learns first", "learns on day one"))
    expect(page.locator("[data-state]")).to_contain_text("unsaved: no connection")
    page.reload()
    expect(text).to_have_value(draft.text.replace("learns first", "learns on day one"))
    page.unroute("**/saved", cut)
    expect(page.locator("[data-state]")).to_have_text(SAVED)
    db.session.rollback()
    assert "day one" in queries.draft_by_id(draft.id).text
