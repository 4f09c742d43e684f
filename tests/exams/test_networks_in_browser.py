"""Networks that answer in the server's place, as a hotel's or an office's sign-in page does: nothing that they say is taken for the exam's word."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.exams.sitting_in_browser import answers, at, saved, started
from training.accounts.models import Person
from training.exams.models import Attempt
from training.exams.views import watching

pytestmark = pytest.mark.browser
Room = Callable[..., BrowserContext]
SAVES, SUBMISSION, EVERYTHING = re.compile(r"/answers/\d+$"), re.compile(r"/submission$"), re.compile(r"/attempts/")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.5)


def sign_in_page(status: int = 200) -> Callable[[Route], None]:
    """What the network says to whatever is asked."""
    return lambda route: route.fulfill(status=status, body="<h1>Welcome to the guest network</h1>", content_type="text/html")


@pytest.mark.parametrize("status", [200, 405])
def test_an_answer_that_the_network_took_is_kept_and_sent_again(room: Room, attempt: Attempt, status: int) -> None:
    context = room()
    page = at(context, attempt)
    context.route(SAVES, sign_in_page(status))
    page.keyboard.press("2")
    expect(page.locator("#exam-notices")).to_contain_text("No connection")
    expect(page.locator("#exam-saved")).to_have_text("1 unsaved")
    assert answers(attempt) == {}
    context.unroute(SAVES)
    saved(page)
    assert answers(attempt) == {1: {"options": [2]}}


def test_a_submission_that_the_network_took_is_none(room: Room, attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    page.get_by_role("button", name="Look over and submit").click()
    context.route(SUBMISSION, sign_in_page())
    page.get_by_role("button", name="Submit for grading").click()
    expect(page.locator("#exam-notices")).to_contain_text("nothing was submitted")
    context.unroute(SUBMISSION)
    page.get_by_role("button", name="Submit for grading").click()
    page.wait_for_url("**/result")


def test_at_the_end_of_the_time_the_exam_stays_until_its_server_answers(room: Room, me: Person) -> None:
    context, attempt = room(), started(me, seconds_left=6)
    page = at(context, attempt)
    context.route(EVERYTHING, sign_in_page())
    expect(page.locator("#exam-notices")).to_contain_text("there is no connection", timeout=30_000)
    expect(page.locator("h1")).to_have_text("Question 1 of 4")
    context.unroute(EVERYTHING)
    page.wait_for_url("**/result", timeout=30_000)
