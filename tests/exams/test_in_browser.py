"""An exam as hands and eyes find it: keys, a broken connection, a closed tab, two windows, the end of the time, no script."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import Way, in_ways, look
from tests.cases.factories import CaseFactory
from tests.exams.factories import AttemptFactory, ExamFactory, ItemFactory, case_item, right_response
from tests.exams.sitting_in_browser import answers, at, close_offline, event_count, saved, started
from training import clock
from training.accounts.models import Person
from training.db import db
from training.exams import queries
from training.exams.models import Attempt
from training.exams.views import watching

pytestmark = pytest.mark.browser
KEPT_THREE = """() => new Promise((resolve) => {
  const opening = indexedDB.open("touchstone-exam");
  opening.onsuccess = () => {
    const asking = opening.result.transaction("answers").objectStore("answers").getAll();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result.some((entry) => entry.response.options?.[0] === 3)); };
  };
})"""


def test_an_exam_is_sat_with_the_keyboard_alone(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    page = at(room(), attempt)
    page.keyboard.press("2")
    saved(page)
    page.keyboard.press("f")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    page.keyboard.press("c")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Question 4 of 4")
    page.keyboard.press("k")
    expect(page.locator("h1")).to_have_text("Question 3 of 4")
    saved(page)
    expect(page.locator(".exam-palette .is-answered")).to_have_count(3)
    assert answers(attempt) == {1: {"options": [2]}, 2: {"options": [3]}}
    assert queries.answers_of(attempt.id)[1].is_flagged


def test_looking_over_lists_what_is_open_and_submitting_shows_the_result(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    page = at(room(), attempt)
    for position in range(1, 5):
        expect(page.locator("h1")).to_have_text(f"Question {position} of 4")
        if position != 3:
            page.keyboard.press(str(right_response(attempt, position)["options"][0]))
        page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Look over and submit")
    expect(page.locator("h2")).to_have_text("1 not answered")
    page.get_by_role("link", name="Question 3").click()
    expect(page.locator("h1")).to_have_text("Question 3 of 4")
    page.keyboard.press(str(right_response(attempt, 3)["options"][0]))
    page.get_by_role("button", name="Look over and submit").click()
    expect(page.get_by_text("Every question is answered.")).to_be_visible()
    page.get_by_role("button", name="Submit for grading").click()
    page.wait_for_url("**/result")
    expect(page.locator("h1")).to_contain_text("Passed")


def test_an_answer_given_without_a_connection_outlives_the_tab(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    context.set_offline(True)
    page.keyboard.press("2")
    expect(page.locator("#exam-saved")).to_have_text("1 unsaved")
    expect(page.locator("#exam-notices")).to_contain_text("No connection")
    page.keyboard.press("3")
    page.wait_for_function(KEPT_THREE)
    close_offline(page)
    assert answers(attempt) == {}
    context.set_offline(False)
    back = at(context, attempt)
    saved(back)
    expect(back.locator("input[name=options]:checked")).to_have_value("3")
    assert answers(attempt) == {1: {"options": [3]}}


def test_what_was_kept_is_sent_when_the_connection_is_back(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    context.set_offline(True)
    page.keyboard.press("1")
    expect(page.locator("#exam-saved")).to_have_text("1 unsaved")
    context.set_offline(False)
    saved(page)
    expect(page.locator("#exam-notices")).to_be_empty()
    assert answers(attempt) == {1: {"options": [1]}}


def test_a_tab_that_closes_at_once_sends_its_answer_on_its_way_out(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    page.keyboard.press("4")
    page.goto("/exams")
    expect(page.locator("h1")).to_have_text("Exams")
    for _ in range(100):  # The beacon is on its way beside the next page.
        if answers(attempt):
            break
        page.wait_for_timeout(100)
    assert answers(attempt) == {1: {"options": [4]}}
    saved(at(context, attempt))
    assert event_count() == 1


def test_a_second_window_asks_and_takes_over_and_the_first_is_told(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    context = room()
    first = at(context, attempt)
    first.keyboard.press("1")
    saved(first)
    second = at(context, attempt)
    expect(second.locator("#exam-notices")).to_contain_text("open in another window")
    expect(second.locator("input[name=options]").first).to_be_disabled()
    second.get_by_role("button", name="Continue here").click()
    expect(second.locator("input[name=options]").first).to_be_enabled()
    second.keyboard.press("2")
    saved(second)
    first.keyboard.press("3")
    expect(first.locator("#exam-saved")).to_have_text("Read only here")
    assert answers(attempt) == {1: {"options": [2]}}


def test_another_browser_asks_too(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    first = at(room(), attempt)
    first.keyboard.press("1")
    saved(first)
    phone = at(room(viewport={"width": 360, "height": 740}), attempt)
    phone.get_by_role("button", name="Continue here").click()
    expect(phone.locator("input[name=options]").first).to_be_enabled()
    expect(phone.locator("input[name=options]:checked")).to_have_value("1")


def test_at_the_end_of_the_time_everything_is_handed_in(room: Callable[..., BrowserContext], me: Person) -> None:
    attempt = started(me, seconds_left=8)
    page = at(room(), attempt)
    page.keyboard.press(str(right_response(attempt, 1)["options"][0]))
    page.get_by_role("button", name="Time left").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^\d s$"))
    page.wait_for_url("**/result", timeout=30_000)
    expect(page.locator("h1")).to_contain_text("Not passed")
    db.session.rollback()
    db.session.expire_all()
    found = queries.attempt_of(me.id, attempt.public_id)
    assert (found.state, found.finished_at) == ("submitted", found.deadline_at)
    assert len(answers(attempt)) == 1


def test_the_time_left_is_announced_politely(room: Callable[..., BrowserContext], me: Person) -> None:
    page = at(room(), started(me, seconds_left=63))
    expect(page.locator("#exam-said")).to_have_text("1 minute left")
    assert page.locator("#exam-said").get_attribute("role") == "status"


def test_each_mark_of_the_time_left_is_announced_once(room: Callable[..., BrowserContext], me: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL_SECONDS", 0)
    attempt = AttemptFactory(person=me, exam=ExamFactory(time_limit_minutes=40), now=clock.now())
    context = room()
    context.clock.install()
    page = at(context, attempt)
    page.get_by_role("button", name="Time left").click()
    page.clock.pause_at(clock.now() + timedelta(minutes=5))
    said = page.locator("#exam-said")
    for seconds, words in ((1800, "30 minutes left"), (600, "10 minutes left"), (300, "5 minutes left"), (60, "1 minute left"), (30, "30 seconds left")):
        before = said.text_content()
        minutes, left = re.findall(r"(?:(\d+) min )?(\d+) s", str(page.get_by_role("timer").text_content()))[0]
        page.clock.run_for((60 * int(minutes or 0) + int(left) - seconds - 2) * 1000)
        assert said.text_content() == before
        page.clock.run_for(3000)
        expect(said).to_have_text(words)
    assert page.get_by_role("timer").get_attribute("aria-live") in (None, "off")


def test_a_case_is_decided_with_the_keyboard_and_kept(room: Callable[..., BrowserContext], me: Person) -> None:
    for _ in range(4):
        case_item(CaseFactory(pool="exam"))
    attempt = started(me)
    context = room()
    page = at(context, attempt)
    page.keyboard.press("2")
    saved(page)
    page.keyboard.press("f")
    page.keyboard.press("l")
    page.keyboard.type("PRO-03")
    page.keyboard.press("Enter")
    saved(page)
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Next").last.click()
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    page.keyboard.press("1")
    saved(page)
    kept = answers(attempt)
    assert kept[1]["primary_label"] == "PRO-03"
    assert len(kept[1]["actions"]) == len(kept[2]["actions"]) == 1
    assert queries.answers_of(attempt.id)[1].is_flagged
    page.reload()
    expect(page.locator("input[name=actions]:checked")).to_have_count(1)
    saved(page)


def test_without_a_script_the_exam_works_item_by_item(room: Callable[..., BrowserContext], attempt: Attempt) -> None:
    page = at(room(java_script_enabled=False), attempt, has_script=False)
    page.locator("input[name=options]").nth(1).check()
    page.get_by_role("button", name="Next").last.click()
    assert page.url.endswith("/2")
    assert answers(attempt) == {1: {"options": [2]}}
    page.get_by_role("button", name="Look over and submit").click()
    page.get_by_role("button", name="Submit for grading").click()
    assert page.url.endswith("/result")


def test_the_browser_is_checked_before_the_start(room: Callable[..., BrowserContext]) -> None:
    exam = ExamFactory()
    page = room().new_page()
    page.goto(f"/exams/{exam.slug}")
    expect(page.locator("#exam-check")).to_contain_text("Checked: this browser can save your answers")
    page.get_by_role("button", name="Start the exam").click()
    expect(page.locator("h1")).to_have_text("Question 1 of 4")


@pytest.mark.long
@in_ways
def test_every_page_of_an_exam_is_accessible_in_every_width_and_scheme(room: Callable[..., BrowserContext], me: Person, ways: tuple[Way, ...]) -> None:
    stem = "A listing says **“sembuh 100 %”**. " + "It goes on for a while, as sellers do. " * 8 + "\n\nWhat do you do?"
    ItemFactory.create_batch(3, stem=stem, clauses=["PRO-03.a"])
    case_item(CaseFactory(pool="exam"))
    exam = ExamFactory(title="Entry exam on product claims and everything that belongs to them")
    page = room().new_page()
    for path, name in (("/exams", "index"), (f"/exams/{exam.slug}", "before")):
        page.goto(path)
        look(page, name, ways)
    page.get_by_role("button", name="Start the exam").click()
    for position in range(1, 5):
        page.goto(page.url.rsplit("/", 1)[0] + f"/{position}")
        look(page, f"item-{position}", ways)
    page.keyboard.press("f")
    saved(page)
    page.goto(page.url.rsplit("/", 1)[0] + "/finish")
    look(page, "finish", ways)
    page.get_by_role("button", name="Submit for grading").click()
    page.wait_for_url("**/result")
    look(page, "result", ways)
    page.goto("/exams")
    look(page, "index-after", ways)
