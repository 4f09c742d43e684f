"""A renewal in a browser: asked before an answer is final, no way back, and an end that the rule decides."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import Way, in_ways, look
from tests.exams.factories import right_response
from tests.exams.renewing import holder, renewing_exam
from training import clock
from training.accounts.models import Person
from training.db import db
from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import PublishedExam

pytestmark = pytest.mark.browser

PageOf = Callable[..., Page]


@pytest.fixture
def renewing(app: object) -> tuple[Person, PublishedExam]:
    exam = renewing_exam()
    return holder(now=clock.now()), exam


def attempt_of(person: Person) -> Attempt:
    db.session.rollback()
    db.session.expire_all()
    return queries.attempts_of(person.id)[0]


def choose_right(page: Page, person: Person, position: int) -> None:
    (place,) = right_response(attempt_of(person), position)["options"]
    page.locator(f"input[name=options][value='{place}']").check()


def at_question(page: Page, position: int) -> None:
    expect(page.locator("#exam-place")).to_have_text(f"Question {position}")
    expect(page.locator("#exam-form")).not_to_have_attribute("inert", "")


@in_ways
def test_an_answer_is_asked_about_before_it_is_final(page_of: PageOf, renewing: tuple[Person, PublishedExam], ways: tuple[Way, ...]) -> None:
    person, exam = renewing
    page = page_of(person, f"/exams/{exam.slug}")
    look(page, "renewal-before", ways)
    page.get_by_role("button", name="Start the exam").click()
    expect(page.locator("#exam-time-button")).to_be_visible()
    at_question(page, 1)
    choose_right(page, person, 1)
    page.keyboard.press("j")
    expect(page.locator("#exam-sure")).to_be_visible()
    expect(page.locator("#exam-sure-blank")).to_be_hidden()
    look(page, "renewal-asked", ways)
    page.get_by_role("link", name="No, change it").click()
    expect(page.locator("#exam-sure")).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    at_question(page, 2)
    assert attempt_of(person).confirmed_count == 1
    page.keyboard.press("j")
    expect(page.locator("#exam-sure-blank")).to_be_visible()
    page.go_back()
    at_question(page, 2)


@in_ways
def test_it_ends_by_itself_when_the_answers_have_decided(page_of: PageOf, renewing: tuple[Person, PublishedExam], ways: tuple[Way, ...]) -> None:
    person, exam = renewing
    page = page_of(person, f"/exams/{exam.slug}")
    page.get_by_role("button", name="Start the exam").click()
    expect(page.locator("#exam-time-button")).to_be_visible()
    for position in range(1, 31):
        at_question(page, position)
        choose_right(page, person, position)
        page.keyboard.press("j")
        page.get_by_role("button", name="Yes, it is final: go on").click()
    expect(page.get_by_role("heading", name="Passed: Renewal")).to_be_visible()
    look(page, "renewal-result", ways)


@in_ways
def test_trainers_see_the_curve(page_of: PageOf, renewing: tuple[Person, PublishedExam], ways: tuple[Way, ...]) -> None:
    _, exam = renewing
    trainer: Any = PersonFactory(roles=["trainer"])
    look(page_of(trainer, f"/exams/desk/exams/{exam.slug}/power"), "power", ways)
    look(page_of(trainer, "/exams/desk/power"), "power-sketch", ways)
    look(page_of(trainer, "/exams/desk/allowances"), "allowances", ways)
