"""A trainer writes a case with a picture, takes out by whom somebody could be known, and begins its near-miss."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.authoring.test_blind_labels import new_case
from tests.authoring.test_in_browser import Opening
from tests.authoring.world import Desk
from tests.browser.looking import Way, in_ways, look
from tests.media.factories import picture_bytes

pytestmark = pytest.mark.browser


@in_ways
def test_a_case_is_cleaned_shown_and_contrasted(desk: Desk, page_of: Opening, ways: tuple[Way, ...]) -> None:
    draft_id = new_case(desk).id
    page = page_of(desk.ana, f"/desk/drafts/{draft_id}")
    text = page.locator("#text")
    expect(text).to_be_visible()
    text.fill(text.input_value().replace("through a can.", "through a can. WA 0812-3456-7890 or toko@example.com. So light."))
    expect(page.get_by_role("heading", name="Personal data")).to_be_visible()
    look(page, "case-personal", ways)
    page.get_by_role("button", name="Replace by [phone number]").click()
    expect(text).to_have_value(re.compile(r"WA \[phone number\] or toko@example\.com"))
    page.get_by_role("button", name="Replace by [e-mail]").click()
    expect(text).to_have_value(re.compile(r"WA \[phone number\] or \[e-mail\]\."))
    page.get_by_role("link", name="As a form").click()
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Put a picture in").click()
    chosen.value.set_files([{"name": "shop.jpg", "mimeType": "image/jpeg", "buffer": picture_bytes("JPEG", size=(400, 300))}])
    expect(page.get_by_label("Picture 1, file")).to_have_value(re.compile(r"^media/case-new-[0-9a-f]{12}\.jpg$"))
    expect(page.get_by_label("What it shows: picture 1")).to_be_focused()
    page.keyboard.type("A red brace on a table")
    page.get_by_role("button", name="Save and check").last.click()
    expect(page.get_by_text("Saved. What is still to mend stands at the top.")).to_be_visible()
    expect(page.get_by_text("Nothing is wrong", exact=True)).to_be_visible()
    _preview(page, ways)
    expect(page.get_by_label("Piece of evidence 1, where it stands").get_by_text("Picture 1")).to_have_count(1)
    look(page, "case-form-picture", ways)
    _black_out(page, ways)
    page.goto(f"/desk/drafts/{draft_id}/near-miss")
    look(page, "case-near-miss", ways)
    page.get_by_role("button", name="Begin its near-miss").click()
    expect(page.get_by_role("heading", name="case-new", exact=True)).to_be_visible()
    expect(page.get_by_text("They are decided the opposite way.")).to_be_visible()


def _preview(page: Page, ways: tuple[Way, ...]) -> None:
    """As the desk of practice shows it, without what is right until that is asked for."""
    page.get_by_role("link", name="Preview", exact=True).click()
    expect(page.get_by_role("img", name="A red brace on a table")).to_be_visible()
    expect(page.get_by_role("heading", name="The reference")).to_have_count(0)
    look(page, "case-preview", ways)
    page.get_by_role("link", name="With the reference").click()
    expect(page.get_by_role("heading", name="The reference")).to_be_visible()
    page.get_by_role("link", name="At the width of a phone").click()
    expect(page.get_by_role("link", name="At full width")).to_be_visible()
    look(page, "case-preview-phone", ways)
    page.get_by_role("link", name="case-new", exact=True).click()
    page.get_by_role("link", name="As a form").click()
    expect(page.locator("#content-images")).to_be_visible()


def _black_out(page: Page, ways: tuple[Way, ...]) -> None:
    """One box drawn with the pointer, another written as numbers."""
    page.get_by_role("link", name="Files", exact=True).click()
    look(page, "case-files", ways)
    page.get_by_role("link", name="Black out parts").click()
    picture = page.locator("[data-exam-sheet] img")
    expect(picture).to_be_visible()
    picture.scroll_into_view_if_needed()
    frame = picture.bounding_box()
    assert frame is not None
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] + 120, frame["y"] + 90, steps=4)
    page.mouse.up()
    expect(page.get_by_text(re.compile(r"Marked a box of \d+ × \d+ pixels"))).to_be_visible()
    for side, value in (("Left", "300"), ("Top", "200"), ("Width", "100"), ("Height", "100")):
        page.get_by_role("group", name="Box 2").get_by_label(side).fill(value)
    look(page, "case-cover", ways)
    page.get_by_role("button", name="Black them out").click()
    expect(page.get_by_text("the old one is gone")).to_be_visible()
    expect(page.get_by_text("Shown", exact=True)).to_be_visible()
