"""Marking written replies by keyboard alone: rated, taken back, skipped, given, and on to the next."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from tests.browser.looking import Way, in_ways, look
from tests.exams.services.test_replies import Desk
from training.db import db
from training.exams.models import ReplyMark

pytestmark = pytest.mark.browser
LONG = "Dear seller, we are sorry that your shop is closed. " * 12


@in_ways
@pytest.mark.usefixtures("app")
def test_a_marker_needs_no_mouse(page_of: Callable[..., Page], ways: tuple[Way, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.exams.services.replies.is_sampled", lambda _seed, _position: False)
    desk = Desk()
    desk.sit("The first reply.", LONG)
    page = page_of(desk.anna, "/exams/desk/marking")
    look(page, "marking", ways)
    with page.expect_navigation():
        page.get_by_role("button", name="Take the next reply").press("Enter")
    expect(page.get_by_text("The first reply.")).to_be_visible()
    with page.expect_navigation():
        page.keyboard.press("s")
    expect(page.get_by_text("Dear seller, we are sorry")).to_be_visible()
    page.keyboard.press("2")
    tone = page.get_by_role("group", name="Tone")
    for key in "101":
        page.keyboard.press(key)
    expect(page.get_by_role("group", name="No personal data of others").get_by_role("radio", name="0")).to_be_focused()
    page.keyboard.press("Backspace")
    expect(tone.get_by_role("radio", name="0")).to_be_focused()
    expect(tone.get_by_role("radio", checked=True)).to_have_count(0)
    page.keyboard.press("2")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="No personal data of others").get_by_role("radio", name="1")).to_be_checked()
    look(page, "marking-reply", ways)
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Marked. This is the next one.")).to_be_visible()
    expect(page.get_by_text("The first reply.")).to_be_visible()
    for _criterion in range(5):
        page.keyboard.press("2")
    expect(page.get_by_role("button", name="Give this mark, then the next")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
    db.session.rollback()
    assert [sorted(mark.ratings.values()) for mark in db.session.scalars(select(ReplyMark).order_by(ReplyMark.id))] == [[0, 1, 1, 2, 2], [2, 2, 2, 2, 2]]
