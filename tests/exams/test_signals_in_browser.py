"""What a real window reports of itself: that it was left and that something was pasted, once each, and never what."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.exams.factories import right_response
from tests.exams.sitting_in_browser import at
from training.db import db
from training.exams import queries
from training.exams.models import Attempt

pytestmark = pytest.mark.browser

LEFT = "dispatchEvent(new Event('blur'))"
BACK = "dispatchEvent(new Event('focus'))"
PASTED = "document.querySelector('#exam-form').dispatchEvent(new ClipboardEvent('paste', { bubbles: true }))"


def leave(page: Page, milliseconds: int) -> None:
    page.evaluate(LEFT)
    page.wait_for_timeout(milliseconds)
    page.evaluate(BACK)


def noticed(attempt: Attempt) -> list[tuple[Any, ...]]:
    db.session.rollback()
    db.session.expire_all()
    return [(signal.kind, signal.position, signal.figures) for signal in queries.signals_of(attempt.id)]


def test_leaving_the_window_and_pasting_are_reported_before_the_submission(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    sent: list[str] = []
    page = at(room(), attempt)
    page.on("request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/signals") else None)
    page.keyboard.press(str(right_response(attempt, 1)["options"][0]))
    leave(page, 1_200)
    leave(page, 200)
    page.keyboard.press("j")
    page.locator("h1", has_text="Question 2 of 4").wait_for()
    page.evaluate(PASTED)
    page.get_by_role("button", name="Look over and submit").click()
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url("**/result")
    assert noticed(attempt) == [("focus_lost", 1, {}), ("paste", 2, {})]
    (signal, _) = queries.signals_of(attempt.id)
    assert 1.2 <= (signal.seconds or 0) < 5
    body = sent[0]
    reported = json.loads(body[body.index('{"client_id"') : body.rindex("}") + 1])
    assert {name for entry in reported["signals"] for name in entry} == {"number", "kind", "position", "milliseconds", "ago"}


def test_what_was_noticed_is_reported_when_the_tab_closes_and_the_next_one_counts_on(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    leave(page, 1_100)
    page.close()
    other = at(context, attempt)
    other.evaluate(PASTED)
    with other.expect_response("**/signals") as answered:
        other.evaluate("dispatchEvent(new Event('pagehide'))")
    assert answered.value.status == 200
    assert [kind for kind, _, _ in noticed(attempt)] == ["focus_lost", "paste"]
