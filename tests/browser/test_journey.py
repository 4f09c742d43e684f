"""From a policy page to an open queue: the main job, as a new hire does it and as a review tool hears of it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.browser.knowing import decide, right_options
from tests.browser.looking import SCREENSHOTS, look
from tests.demo.serving import Served

pytestmark = pytest.mark.browser

QUEUE = "listing-claims-id"
CASES_OF_A_CHECK = 4
QUESTIONS = 12


class Album:
    """Pictures of the way, numbered; a kind of page that was looked at is not looked at again."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.numbers = count(1)
        self.seen: set[str] = set()

    def look(self, name: str) -> None:
        if name not in self.seen:
            self.seen.add(name)
            look(self.page, f"journey-{next(self.numbers):02}-{name}", folder=SCREENSHOTS)


@pytest.mark.long
def test_a_new_hire_comes_to_an_open_queue(demo: Served, signed_in: Callable[[str], Page], new_page: Callable[[], Page]) -> None:
    before = demo.may_work("newhire", QUEUE)
    assert before["decision"] is False
    assert {"NO_CERTIFICATION", "POLICY_UNREAD"} <= {reason["code"] for reason in before["context"]["reasons"]}
    page = signed_in("newhire")
    album = Album(page)
    album.look("today")
    read_the_module(page, album)
    for title in ("Disease and cosmetic claims", "Ranks, marks, guarantees and paid praise"):
        pass_check(page, album, title)
    practise(page, album)
    sit_the_exam(page, album)
    address = see_the_certificate(page, album)
    see_the_open_queue(page, album)
    anybody_can_verify(new_page(), address)
    after = demo.may_work("newhire", QUEUE)
    assert after["decision"] is True
    until = datetime.fromisoformat(after["context"]["valid_until"])
    assert timedelta(days=179) < until - datetime.now(UTC) <= timedelta(days=180)


def read_the_module(page: Page, album: Album) -> None:
    page.get_by_role("link", name="Open the module").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Product claims")
    album.look("module")
    page.get_by_role("button", name="I have read version").click()
    expect(page.locator("#acknowledge")).to_contain_text("You acknowledged version")
    album.look("module-acknowledged")


def open_course(page: Page) -> None:
    page.get_by_role("link", name="Courses").first.click()
    page.get_by_role("link", name="Your first queue: product claims").first.click()


def pass_check(page: Page, album: Album, title: str) -> None:
    open_course(page)
    album.look("course")
    page.get_by_role("link", name=title).click()
    album.look("check")
    page.get_by_role("button", name="Begin the check").click()
    for place in range(1, CASES_OF_A_CHECK + 1):
        expect(page.get_by_text(f"Case {place} of {CASES_OF_A_CHECK}")).to_be_visible()
        album.look("case")
        decide(page, marks_evidence=True)
        album.look("case-decided")
        page.get_by_role("button", name="Send the answer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Right")
        album.look("feedback")
        if place < CASES_OF_A_CHECK:
            page.get_by_role("button", name="Next case of the check").click()
    page.get_by_role("link", name="See how the check went").click()
    expect(page.get_by_text(f"{CASES_OF_A_CHECK} of {CASES_OF_A_CHECK} right")).to_be_visible()
    album.look("check-passed")


def practise(page: Page, album: Album) -> None:
    page.get_by_role("link", name="Practice").first.click()
    album.look("practice")
    page.get_by_role("button", name="Practise for ten minutes").click()
    for _ in range(2):
        expect(page.get_by_role("heading", level=1)).to_have_text("Decide this case")
        decide(page)
        page.get_by_role("button", name="Send the answer").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Right")
        page.get_by_role("button", name="Next case").click()
    page.get_by_role("button", name="Skip this case").click()
    album.look("case-skipped")
    open_course(page)
    expect(page.get_by_text("You have completed this course.")).to_be_visible()
    album.look("course-completed")


def sit_the_exam(page: Page, album: Album) -> None:
    page.get_by_role("link", name="Exams").first.click()
    album.look("exams")
    page.get_by_role("link", name="Entry exam on product claims").click()
    album.look("exam")
    page.get_by_role("button", name="Start the exam").click()
    for place in range(1, QUESTIONS + 1):
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Question {place} of {QUESTIONS}")
        answer_question(page, album)
        page.get_by_role("button", name="Next" if place < QUESTIONS else "Look over and submit", exact=False).first.click()
    expect(page.get_by_text("Every question is answered.")).to_be_visible()
    album.look("exam-finish")
    page.get_by_role("button", name="Submit for grading").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Passed")
    album.look("exam-result")


def answer_question(page: Page, album: Album) -> None:
    if page.locator("#exam-stem").count():
        album.look("exam-question")
        for text in right_options(page):
            page.locator("label", has_text=text).click()
        album.look("exam-question-answered")
    else:
        album.look("exam-case")
        decide(page)
        album.look("exam-case-decided")
    expect(page.locator("#exam-saved")).to_contain_text("Saved")


def see_the_certificate(page: Page, album: Album) -> str:
    """The address at which anybody can verify it."""
    page.get_by_role("link", name="Certificates").first.click()
    expect(page.get_by_role("heading", name="Product claims reviewer")).to_be_visible()
    album.look("certificates")
    address = page.get_by_role("link", name="Page that anyone can verify").get_attribute("href")
    page.get_by_role("link", name="Product claims reviewer").first.click()
    album.look("certificate")
    assert address
    return address


def see_the_open_queue(page: Page, album: Album) -> None:
    page.get_by_role("link", name="Queues").first.click()
    queue = page.get_by_role("article", name="Product claims on listings, Indonesia")
    expect(queue).to_contain_text("Open until")
    album.look("queues")
    page.get_by_role("link", name="Today").first.click()
    expect(page.get_by_text("1 of 4 open to you now.")).to_be_visible()
    album.look("today-with-a-queue")


def anybody_can_verify(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("not shown, as the holder chose")).to_be_visible()
    expect(page.get_by_text("Putri Anjani")).to_have_count(0)
    look(page, "journey-verified", folder=SCREENSHOTS)
