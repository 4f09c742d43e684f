"""Going from case to case in a browser: nothing is loaded anew, reading goes on where it belongs, and back leads back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from tests.cases.factories import CaseFactory
from tests.media.factories import picture_bytes
from tests.practice.at_the_desk import decide, judgement_count, send, served
from training import clock
from training.accounts.models import Person
from training.cases.rules import Surface
from training.db import db
from training.media.services import store
from training.practice.models import Serving
from training.practice.services import skip_serving

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("label")]


def mark(page: Page) -> None:
    """Leave a trace that a page which is loaded anew does not have."""
    page.evaluate("window.isTheSamePage = true")


def is_same_page(page: Page) -> Any:
    return page.evaluate("window.isTheSamePage === true")


def focused(page: Page) -> Any:
    return page.evaluate("document.activeElement.textContent")


def test_the_answer_brings_the_feedback_and_the_next_case_without_loading_a_page(page_at: Callable[..., Page], me: Person) -> None:
    first = served(me)
    CaseFactory(content__title="Teh herbal")
    page = page_at(first)
    mark(page)
    decide(page)
    send(page)
    expect(page.locator("h1")).to_have_text("Right")
    expect(page).to_have_title("Right · Touchstone")
    assert page.url.endswith(first)
    assert focused(page) == "Right"
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Decide this case")
    assert focused(page) == "Decide this case"
    assert not page.url.endswith(first)
    decide(page)
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Right")
    assert is_same_page(page)
    assert judgement_count() == 2


def test_back_leads_to_what_was_answered_and_forward_to_the_case_that_waits(page_at: Callable[..., Page], me: Person) -> None:
    first = served(me)
    CaseFactory()
    page = page_at(first)
    mark(page)
    decide(page)
    send(page)
    expect(page.locator("h1")).to_have_text("Right")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Decide this case")
    second = page.url
    page.go_back()
    expect(page.locator("h1")).to_have_text("Right")
    assert page.url.endswith(first)
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Decide this case")
    assert page.url == second
    assert is_same_page(page)
    page.reload()
    expect(page.locator("h1")).to_have_text("Decide this case")
    decide(page)
    send(page)
    expect(page.locator("h1")).to_have_text("Right")


def test_in_a_drill_the_next_case_comes_at_once_and_the_last_verdict_is_heard(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me, Surface.COMMENT, scope="surface:comment"))
    first = page.url
    CaseFactory(surface="comment")
    mark(page)
    decide(page)
    send(page)
    expect(page.get_by_role("status")).to_contain_text("Your last answer: Right")
    expect(page.locator("h1")).to_have_text("Decide this case")
    assert page.url != first
    assert is_same_page(page)


def test_an_answer_that_is_not_whole_is_explained_where_it_stands(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), allowing=("400",))
    mark(page)
    page.keyboard.press("2")
    send(page)
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Choose the label that decides")
    assert page.locator("input[value=REMOVE]").is_checked()
    assert is_same_page(page)
    decide_the_rest(page)
    expect(page.locator("h1")).to_have_text("Right")


def decide_the_rest(page: Page) -> None:
    page.keyboard.press("l")
    page.keyboard.type("medicine")
    page.keyboard.press("Enter")
    page.locator("label", has=page.locator("input[value=S3]")).click()
    send(page)


def test_skipping_and_finishing_lead_on_in_the_same_page(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    first = page.url
    CaseFactory()
    mark(page)
    page.get_by_role("button", name="Skip this case").click()
    expect(page).not_to_have_url(first)
    page.get_by_role("button", name="Finish practising").click()
    expect(page.locator("h1")).to_have_text("How this practice went")
    assert is_same_page(page)


def test_a_double_click_sends_one_answer(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    decide(page)
    page.get_by_role("button", name="Send the answer").dblclick()
    expect(page.locator("h1")).to_have_text("Right")
    assert page.get_by_text("first answer stands").count() == 0
    assert judgement_count() == 1


def test_what_is_refused_is_said_in_the_page(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), allowing=("409",))
    db.session.execute(update(Serving).values(skipped_at=Serving.served_at))
    db.session.commit()
    decide(page)
    send(page)
    expect(page.get_by_role("main")).to_contain_text("You skipped this case")
    assert judgement_count() == 0


def test_the_next_case_lies_ready_with_its_pictures_and_its_time_runs_from_when_it_is_shown(page_at: Callable[..., Page], me: Person) -> None:
    picture = store(picture_bytes(size=(60, 40)), now=clock.now())
    page = page_at(served(me))
    CaseFactory(content__images=[{"media_id": picture.id, "alt": "A box of sachets", "width": 60, "height": 40}])
    decide(page)
    with page.expect_response("**/media/*"), page.expect_response("**/ahead"):
        send(page)
    expect(page.locator("h1")).to_have_text("Right")
    laid = servings()[-1]
    assert laid.is_ahead
    with page.expect_response("**/practice/next") as begun:
        page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Decide this case")
    assert page.url.endswith(f"/practice/{laid.id}")
    assert begun.value.status == 204
    shown = servings()[-1]
    assert (shown.id, shown.is_ahead) == (laid.id, False)
    decide(page)
    send(page)
    expect(page.locator("h1")).to_have_text("Right")
    assert judgement_count() == 2


def test_what_lies_ready_and_was_taken_in_another_tab_gives_way_to_what_is_next(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    CaseFactory.create_batch(2)
    decide(page)
    with page.expect_response("**/ahead"):
        send(page)
    expect(page.locator("h1")).to_have_text("Right")
    with page.expect_response("**/ahead"):
        page.reload()
    laid = servings()[-1]
    skip_serving(laid, now=clock.now())
    db.session.commit()
    page.keyboard.press("n")
    expect(page).not_to_have_url(re.compile(rf"/practice/{laid.id}$"))
    expect(page).to_have_url(re.compile(r"/practice/\d+$"))
    expect(page.locator("h1")).to_have_text("Decide this case")


def servings() -> list[Serving]:
    db.session.rollback()
    return list(db.session.scalars(select(Serving).order_by(Serving.id)))
