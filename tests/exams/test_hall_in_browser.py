"""What happens to an exam from outside, in a browser: a trainer's rulings, another window, a line that breaks, a script that comes late."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Page, Route, expect
from sqlalchemy import select

from tests.accounts.factories import PersonFactory, with_second_factor
from tests.browser.looking import Way, in_ways, look
from tests.conftest import Browser
from tests.exams.factories import ExamFactory, right_response
from tests.exams.sitting_in_browser import answers, at, close_offline, saved, started
from tests.exams.views.sittings import WINDOW, Candidate
from training import clock
from training.accounts.models import Person
from training.accounts.rules import FactKind
from training.accounts.services import record_facts
from training.actors import SYSTEM
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt
from training.exams.views import watching

pytestmark = pytest.mark.browser
Room = Callable[..., BrowserContext]
Rule = Callable[..., None]
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL_SECONDS", 0.5)


@pytest.fixture
def rule(as_role: Callable[..., Browser]) -> Rule:
    """A trainer's ruling on the time of an attempt."""
    trainer = as_role("trainer")
    db.session.commit()

    def ruled(attempt: Attempt, deed: str, **form: str) -> None:
        prefix = "extend-" if deed == "extension" else "pause-"
        values = {f"{prefix}{name}": value for name, value in {"reason": "The fire bell rang.", **form}.items()}
        db.session.rollback()
        response = trainer.post(f"/exams/desk/running/{attempt.public_id}/{deed}", data=values)
        assert response.status_code == 302

    return ruled


def kept_ahead(page: Page, *, pass_time: Callable[[], None] = lambda: None) -> None:
    """Wait until the pages of the other questions have come."""
    came: list[str] = []
    page.on("response", lambda response: came.append(response.url) if re.search(r"/attempts/[^/]+/\d+$", response.url) else None)
    for _ in range(100):
        if len(came) >= 3:
            return
        pass_time()
        page.wait_for_timeout(100)
    raise AssertionError(came)


def verdicts(attempt: Attempt) -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(AnswerEvent.verdict).where(AnswerEvent.attempt_id == attempt.id).order_by(AnswerEvent.id)))


def test_a_page_asks_often_enough_to_follow_within_15_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    longest_rest, longest_answer = watching.POLL_SECONDS * 1.1, 4
    assert longest_rest + longest_answer <= 15


def test_more_time_moves_the_clock_and_is_said(room: Room, attempt: Attempt, rule: Rule) -> None:
    page = at(room(), attempt)
    before = page.locator("#exam-ends").text_content()
    rule(attempt, "extension", minutes="7")
    expect(page.locator("#exam-said")).to_contain_text("You have 7 minutes more.")
    expect(page.locator("#exam-notices")).to_contain_text("You have 7 minutes more.")
    expect(page.locator("#exam-ends")).not_to_have_text(str(before))
    page.get_by_role("button", name="Time left").click()
    expect(page.get_by_role("timer")).to_have_text(re.compile(r"^2[12] min \d+ s$"))


def test_a_pause_covers_the_question_and_gives_it_back_as_it_was(room: Room, attempt: Attempt, rule: Rule) -> None:
    page = at(room(), attempt)
    page.keyboard.press("2")
    saved(page)
    rule(attempt, "pause")
    expect(page.locator("h1")).to_have_text("The exam is paused")
    expect(page.locator("#exam-saved")).to_have_text("Paused")
    expect(page.locator("#exam-ends")).to_have_text("Paused")
    expect(page.locator("input[name=options]")).to_have_count(0)
    page.keyboard.press("3")
    page.get_by_role("button", name="Time left").click()
    stood = page.get_by_role("timer").text_content()
    page.wait_for_timeout(1500)
    expect(page.get_by_role("timer")).to_have_text(str(stood))
    rule(attempt, "resumption")
    expect(page.locator("h1")).to_have_text("Question 1 of 4")
    expect(page.locator("input[name=options]:checked")).to_have_value("2")
    expect(page.locator("#exam-notices")).to_contain_text("It goes on.")
    page.keyboard.press("3")
    saved(page)
    assert answers(attempt) == {1: {"options": [3]}}


def test_a_page_that_is_opened_during_a_pause_shows_the_question_when_it_goes_on(room: Room, attempt: Attempt, rule: Rule) -> None:
    rule(attempt, "pause")
    page = room().new_page()
    page.goto(f"/exams/attempts/{attempt.public_id}/2")
    expect(page.locator("h1")).to_have_text("The exam is paused")
    rule(attempt, "resumption")
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    page.keyboard.press("2")
    saved(page)


def test_what_is_pressed_before_the_pause_is_known_counts_when_it_goes_on(room: Room, attempt: Attempt, rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL_SECONDS", 60)
    page = at(room(), attempt)
    rule(attempt, "pause")
    page.keyboard.press("2")
    expect(page.locator("h1")).to_have_text("The exam is paused")
    assert verdicts(attempt) == ["paused"]
    assert answers(attempt) == {}
    rule(attempt, "resumption")
    assert answers(attempt) == {1: {"options": [2]}}


def test_a_window_that_is_taken_over_is_told_without_saving(room: Room, attempt: Attempt) -> None:
    first = at(room(), attempt)
    first.keyboard.press("1")
    saved(first)
    second = at(room(), attempt)
    second.get_by_role("button", name="Continue here").click()
    expect(first.locator("#exam-notices")).to_contain_text("open in another window")
    expect(first.locator("#exam-saved")).to_have_text("Read only here")
    expect(first.locator("input[name=options]").first).to_be_disabled()
    first.get_by_role("button", name="Continue here").click()
    expect(second.locator("#exam-saved")).to_have_text("Read only here")
    expect(first.locator("input[name=options]").first).to_be_enabled()


def test_an_exam_that_is_submitted_elsewhere_shows_its_result_here(room: Room, attempt: Attempt) -> None:
    page = at(room(), attempt)
    page.keyboard.press("2")
    saved(page)
    assert answers(attempt) == {1: {"options": [2]}}
    found = queries.attempt_of(attempt.person_id, attempt.public_id)
    page.request.post(f"/exams/attempts/{attempt.public_id}/submission", data={"client_id": found.writer_id}, headers={"Accept": "application/json"})
    page.wait_for_url("**/result")


def test_ten_minutes_without_a_connection_lose_nothing_and_keep_their_order(room: Room, attempt: Attempt) -> None:
    context = room()
    context.clock.install()
    page = at(context, attempt)
    kept_ahead(page, pass_time=lambda: page.clock.fast_forward(500))
    context.set_offline(True)
    for position, key in ((1, "2"), (2, "3"), (3, "1"), (4, "4")):
        expect(page.locator("h1")).to_have_text(f"Question {position} of 4")
        page.keyboard.press(key)
        page.clock.fast_forward(10)
        page.keyboard.press("j" if position < 4 else "k")
        page.clock.fast_forward(3000)
    expect(page.locator("h1")).to_have_text("Question 3 of 4")
    expect(page.locator("input[name=options]:checked")).to_have_value("1")
    expect(page.locator("#exam-saved")).to_have_text("4 unsaved")
    page.clock.fast_forward(600_000)
    expect(page.locator("#exam-saved")).to_have_text("4 unsaved")
    assert answers(attempt) == {}
    context.set_offline(False)
    page.clock.fast_forward(20_000)
    saved(page)
    assert answers(attempt) == {1: {"options": [2]}, 2: {"options": [3]}, 3: {"options": [1]}, 4: {"options": [4]}}
    arrived = list(db.session.scalars(select(AnswerEvent.position).where(AnswerEvent.attempt_id == attempt.id).order_by(AnswerEvent.id)))
    assert arrived == [1, 2, 3, 4]


def test_a_journal_that_arrives_after_the_deadline_is_evidence_and_the_candidate_is_told(room: Room, attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    context.set_offline(True)
    for key in ("2", "f"):
        page.keyboard.press(key)
    expect(page.locator("#exam-saved")).to_have_text("1 unsaved")
    with time_machine.travel(attempt.deadline_at + 11 * SECOND, tick=True):
        context.set_offline(False)
        page.wait_for_url("**/result")
        expect(page.locator("main")).to_contain_text("1 answer arrived after the end")
        assert verdicts(attempt) == ["late"]


def test_a_journal_of_a_closed_tab_is_sent_from_the_result(room: Room, attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    kept_ahead(page)
    context.set_offline(True)
    page.keyboard.press("2")
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    page.keyboard.press("3")
    expect(page.locator("#exam-saved")).to_have_text("2 unsaved")
    page.wait_for_timeout(200)
    close_offline(page)
    with time_machine.travel(attempt.deadline_at + 60 * SECOND, tick=True):
        context.set_offline(False)
        back = context.new_page()
        back.goto(f"/exams/attempts/{attempt.public_id}/result")
        expect(back.locator("main")).to_contain_text("2 answers arrived after the end")
        assert verdicts(attempt) == ["late", "late"]


@pytest.fixture
def slow(room: Room) -> tuple[BrowserContext, list[Route]]:
    """A browser to which the exam's script comes late."""
    context, held = room(), list[Route]()
    context.route("**/js/exam.js*", lambda route: held.append(route))
    return context, held


def test_a_choice_made_before_the_script_has_come_is_saved(slow: tuple[BrowserContext, list[Route]], attempt: Attempt) -> None:
    context, held = slow
    page = context.new_page()
    page.goto(f"/exams/attempts/{attempt.public_id}/2", wait_until="commit")
    page.locator("input[name=options]").nth(1).check()
    held[0].continue_()
    saved(page)
    assert answers(attempt) == {2: {"options": [2]}}


def test_a_step_made_before_the_script_has_come_is_done_by_it(slow: tuple[BrowserContext, list[Route]], attempt: Attempt) -> None:
    context, held = slow
    page = context.new_page()
    page.goto(f"/exams/attempts/{attempt.public_id}/1", wait_until="commit")
    page.locator("input[name=options]").nth(1).check()
    page.get_by_role("button", name="Next").last.click(no_wait_after=True)
    held[0].continue_()
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    saved(page)
    assert answers(attempt) == {1: {"options": [2]}}
    db.session.expire_all()
    assert not str(queries.attempt_of(attempt.person_id, attempt.public_id).writer_id).startswith("page-")


def test_where_the_script_never_comes_the_plain_form_takes_over_and_gives_back(room: Room, attempt: Attempt) -> None:
    context = room()
    context.clock.install()
    context.route("**/js/exam.js*", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"/exams/attempts/{attempt.public_id}/1")
    page.locator("input[name=options]").nth(1).check()
    page.get_by_role("button", name="Next").last.click(no_wait_after=True)
    page.clock.fast_forward(9000)
    page.wait_for_url("**/2")
    assert answers(attempt) == {1: {"options": [2]}}
    context.unroute("**/js/exam.js*")
    page.reload()
    page.keyboard.press("3")
    saved(page)


def test_a_browser_whose_saves_do_not_come_through_is_told_before_the_start(room: Room) -> None:
    exam = ExamFactory()
    context = room()
    context.route("**/exams/check", lambda route: route.fulfill(status=405))
    page = context.new_page()
    page.goto(f"/exams/{exam.slug}")
    expect(page.locator("#exam-check")).to_contain_text("A trial save did not reach the server")


def test_an_error_never_replaces_the_exam(room: Room, attempt: Attempt) -> None:
    context = room()
    page = at(context, attempt)
    kept_ahead(page)
    context.route(re.compile(r"/attempts/[^/]+/(\d+|submission)$"), lambda route: route.fulfill(status=503, body="<h1>Broken</h1>", content_type="text/html"))
    page.keyboard.press("j")
    expect(page.locator("h1")).to_have_text("Question 2 of 4")
    page.get_by_role("button", name="Look over and submit").click()
    page.get_by_role("button", name="Submit for grading").click()
    expect(page.locator("#exam-notices")).to_contain_text("Nothing is lost")
    expect(page.locator("h1")).to_have_text("Look over and submit")


def test_a_break_covers_the_question_until_it_is_ended(room: Room, me: Person) -> None:
    values = {"time_multiplier": 1.0, "extra_break_seconds": 600}
    record_facts(me, {FactKind.ACCOMMODATIONS: values}, effective_from=clock.now() - 3600 * SECOND, by=SYSTEM, now=clock.now() - 3600 * SECOND)
    attempt = started(me)
    page = at(room(), attempt)
    page.get_by_role("button", name="Take a break").click()
    expect(page.locator("#exam-saved")).to_have_text("On a break")
    page.get_by_role("button", name="End the break").click()
    expect(page.locator("#exam-saved")).to_be_empty()
    page.keyboard.press("2")
    page.get_by_role("button", name="Take a break").click()
    expect(page.locator("h1")).to_have_text("You are on a break")
    expect(page.locator("#exam-cover-left")).to_contain_text("of your breaks are left")
    expect(page.locator("input[name=options]")).to_have_count(0)
    page.get_by_role("button", name="End the break").click()
    expect(page.locator("h1")).to_have_text("Question 1 of 4")
    saved(page)
    assert answers(attempt) == {1: {"options": [2]}}


def test_more_time_given_in_the_last_second_is_not_handed_in_over(room: Room, me: Person, rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "POLL_SECONDS", 60)
    attempt = started(me, seconds_left=10)
    page = at(room(), attempt)
    rule(attempt, "extension", minutes="3")
    expect(page.locator("#exam-said")).to_contain_text("You have 3 minutes more.", timeout=15_000)
    page.keyboard.press(str(right_response(attempt, 1)["options"][0]))
    saved(page)
    assert len(answers(attempt)) == 1


@pytest.mark.long
@in_ways
def test_what_trainers_see_of_a_running_exam_is_accessible_in_every_width_and_scheme(
    room: Room, me: Person, rule: Rule, candidate: Callable[..., Candidate], ways: tuple[Way, ...]
) -> None:
    someone = candidate(PersonFactory(name="Muhammad Firdaus Prawirodirdjo Kusumawardhana"))
    attempt = someone.start(ExamFactory(title="Entry exam on product claims and everything that belongs to them"))
    someone.save(attempt, 1, {"options": [1]})
    reason = "The line of the whole floor was down from ten to twenty past, as the office confirmed in writing. " * 4
    rule(attempt, "extension", minutes="7", reason=reason.strip())
    rule(attempt, "pause")
    record_facts(me, {FactKind.ROLES: ["trainer"]}, effective_from=clock.now() - SECOND, by=SYSTEM, now=clock.now())
    with_second_factor(me)
    context = room()
    page = context.new_page()
    for path, name in (("running", "running"), (f"running/{attempt.public_id}", "paused"), ("late", "late-none")):
        page.goto(f"/exams/desk/{path}")
        look(page, name, ways)
    rule(attempt, "resumption")
    someone.post(attempt, "submission", {"client_id": WINDOW})
    for sequence in (1, 2, 3):
        someone.save(attempt, sequence, {"options": [1]}, sequence=1_800_000_000_000 + sequence)
    for path, name in (("late", "late"), (f"late/{attempt.public_id}", "late-attempt"), (f"attempts/{attempt.public_id}", "protocol")):
        page.goto(f"/exams/desk/{path}")
        look(page, name, ways)
    mine = started(me)
    rule(mine, "pause")
    page.goto(f"/exams/attempts/{mine.public_id}/1")
    expect(page.locator("h1")).to_have_text("The exam is paused")
    look(page, "covered", ways)
