"""An exam from its first field to a trial of it, by keyboard; every page looked at."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from training.db import db

pytestmark = pytest.mark.browser
LONG = "Wijayanti" * 20
Opening = Callable[..., Page]


@in_ways
def test_an_exam_is_written_as_a_form_and_tried_out_by_keyboard(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    db.session.commit()
    page = page_of(desk.ana, "/desk/new?kind=exam")
    page.get_by_label("Its id").fill("exam-new")
    page.get_by_label("Its title").fill(LONG)
    page.get_by_label("Its title").press("Enter")
    expect(page.get_by_role("heading", name="What passes", exact=True)).to_be_visible()
    look(page, "desk-exam-blank", ways)
    meter = page.get_by_label("What the exam would be")
    expect(meter).to_contain_text("the power meter begins")
    for name, said in {"Questions": "2", "Minutes": "1", "Points needed, %": "50"}.items():
        page.get_by_label(name, exact=True).fill(said)
    page.get_by_label("Certification").fill("moderator")
    page.get_by_label("Area, quota 1").select_option("PRO")
    page.get_by_label("At least, quota 1").fill("2")
    page.get_by_label("At most, quota 1").fill("2")
    expect(meter).to_contain_text("a person of true accuracy 85 % passes")
    expect(page.locator("#supply-0")).to_contain_text("2 now")
    page.get_by_role("button", name="Add a quota").press("Enter")
    expect(page.get_by_label("Area, quota 2")).to_be_focused()
    page.get_by_label("Kind, quota 2").select_option("case")
    page.get_by_label("At least, quota 2").fill("2")
    page.get_by_label("At most, quota 2").fill("2")
    expect(page.locator("#supply-1")).to_contain_text("Too few")
    expect(meter).to_contain_text("Cannot be filled")
    page.get_by_role("button", name="Save and check").press("Enter")
    expect(page.get_by_text("Saved. What is still to mend stands at the top.")).to_be_visible()
    look(page, "desk-exam-short", ways)
    page.get_by_role("button", name="Remove quota 2").press("Enter")
    expect(meter).to_contain_text("Can be filled")
    page.get_by_text("For everybody, the clauses and the time").press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Save and check").press("Enter")
    expect(page.get_by_label("At least, quota 2")).to_have_count(0)
    look(page, "desk-exam", ways)
    _try_it_out(page, ways)


def _try_it_out(page: Page, ways: tuple[Way, ...]) -> None:
    page.get_by_role("button", name="Draw a form and sit it").press("Enter")
    expect(page.get_by_role("heading", name="Question 1 of 2")).to_be_visible()
    look(page, "trial-question", ways)
    page.keyboard.press("j")
    expect(page.get_by_role("heading", name="Question 2 of 2")).to_be_visible()
    page.get_by_role("button", name="Look over").first.press("Enter")
    expect(page.get_by_text("0 of 2", exact=True)).to_be_visible()
    look(page, "trial-over", ways)
    page.get_by_role("button", name="End the trial").press("Enter")
    expect(page.get_by_text("Ended", exact=True)).to_be_visible()
