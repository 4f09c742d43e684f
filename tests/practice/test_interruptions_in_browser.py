"""Interrupted anywhere, an answer is there once or not at all, and the page says which: no connection, another tab, no server, a page loaded again."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import update
from werkzeug.serving import make_server

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.practice.at_the_desk import decide, judgement_count, latest_answer, send, served
from training.accounts.models import Person
from training.db import db
from training.practice.models import Serving

Signing = Callable[[Browser, Person], Browser]

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("label")]

NOISE = ("ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE", "ERR_FAILED", "409")
"""What a browser's console says of broken connections, and of refusals that the script heeds."""


class Server:
    """The application, stopped and started again where it was."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.port = 0
        self.start()

    def start(self) -> None:
        self.running = make_server("127.0.0.1", self.port, self.app, threaded=True)
        self.port = self.running.server_port
        self.thread = Thread(target=self.running.serve_forever)
        self.thread.start()

    def stop(self) -> None:
        self.running.shutdown()
        self.thread.join()
        self.running.server_close()


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    running = Server(app)
    yield running
    running.stop()


@pytest.fixture
def address(server: Server) -> str:
    return f"http://127.0.0.1:{server.port}"


def told(page: Page) -> Any:
    return page.locator("#practice-told")


@contextmanager
def no_answer_arrives(context: BrowserContext) -> Iterator[None]:
    """As without a connection, and also for what a tab still sends while it is closed."""
    is_answer = re.compile(r"/practice/\d+$")
    context.route(is_answer, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    yield
    context.unroute(is_answer)


def test_without_a_connection_the_answer_is_kept_and_goes_by_itself(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), allowing=NOISE)
    decide(page)
    page.context.set_offline(True)
    send(page)
    expect(told(page)).to_contain_text("Your answer is kept here, not yet sent: there is no connection.")
    assert judgement_count() == 0
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Right")
    expect(told(page)).to_contain_text("Taken")
    expect(page.get_by_text("Not measured")).to_be_visible()
    assert judgement_count() == 1


def test_what_is_kept_is_not_changed_any_more_and_nothing_else_overtakes_it(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), allowing=NOISE)
    decide(page)
    page.context.set_offline(True)
    send(page)
    expect(told(page)).to_contain_text("kept here")
    page.get_by_role("button", name="Finish practising").click()
    expect(page.locator("input[value=APPROVE]")).not_to_be_checked()
    assert page.locator("form[data-answers]").evaluate("form => form.inert")
    page.context.set_offline(False)
    expect(page.locator("h1")).to_have_text("Right")
    assert latest_answer()["actions"] == ["REMOVE"]


def test_an_answer_kept_by_a_tab_that_was_closed_goes_from_the_next_page_of_practice(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), allowing=NOISE)
    context = page.context
    decide(page)
    with no_answer_arrives(context):
        send(page)
        expect(told(page)).to_contain_text("kept here")
        page.close()
    back = context.new_page()
    back.goto("/practice/")
    expect(told(back)).to_contain_text("Taken")
    assert judgement_count() == 1
    told(back).get_by_role("link", name="Look at it").click()
    expect(back.locator("h1")).to_have_text("Right")


def test_the_first_answer_stands_where_another_tab_gave_one_and_the_page_says_so(page_at: Callable[..., Page], me: Person) -> None:
    address = served(me)
    page = page_at(address, allowing=NOISE)
    other = page.context.new_page()
    other.goto(address)
    decide(other)
    decide(page)
    send(other)
    expect(other.locator("h1")).to_have_text("Right")
    page.keyboard.press("Shift+1")
    send(page)
    expect(page.get_by_text("You had answered this case already; your first answer stands.")).to_be_visible()
    assert latest_answer()["actions"] == ["REMOVE"]
    assert judgement_count() == 1


def test_the_same_answer_sent_again_by_a_browser_that_never_heard_back_was_taken_once(page_at: Callable[..., Page], me: Person) -> None:
    address = served(me)
    page = page_at(address, allowing=NOISE)
    decide(page)

    def lose_the_answer(route: Any) -> None:
        route.fetch(max_redirects=0)
        route.abort()

    page.route(f"**{address}", lose_the_answer, times=1)
    send(page)
    expect(page.get_by_text("This answer had arrived already.")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Right")
    assert judgement_count() == 1


def test_a_server_that_was_stopped_gets_the_answer_when_it_is_back(page_at: Callable[..., Page], me: Person, server: Server) -> None:
    page = page_at(served(me), allowing=NOISE)
    decide(page)
    server.stop()
    send(page)
    expect(told(page)).to_contain_text("kept here, not yet sent")
    server.start()
    expect(page.locator("h1")).to_have_text("Right", timeout=20_000)
    assert judgement_count() == 1


def test_loading_the_page_again_keeps_what_was_ticked(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me))
    decide(page)
    page.reload()
    expect(page.locator(".case-key-switch")).to_be_visible()
    expect(page.locator("input[value=REMOVE]")).to_be_checked()
    expect(page.locator("input[value=S3]")).to_be_checked()
    expect(page.get_by_text("So far: Remove · PRO-03 · S3")).to_be_visible()
    send(page)
    expect(page.locator("h1")).to_have_text("Right")


def test_a_case_that_was_skipped_meanwhile_takes_no_kept_answer_and_the_page_says_so(page_at: Callable[..., Page], me: Person) -> None:
    page = page_at(served(me), allowing=NOISE)
    decide(page)
    page.context.set_offline(True)
    send(page)
    expect(told(page)).to_contain_text("kept here")
    db.session.execute(update(Serving).values(skipped_at=Serving.served_at))
    db.session.commit()
    page.context.set_offline(False)
    expect(page.get_by_role("main")).to_contain_text("You skipped this case")
    assert judgement_count() == 0
    page.goto("/practice/")
    expect(page.locator("h1")).to_have_text("Practice")
    assert told(page).count() == 0


def test_what_another_person_left_in_this_browser_waits_for_them(
    page_at: Callable[..., Page], me: Person, sign_in: Signing, browser: Browser, address: str
) -> None:
    page = page_at(served(me), allowing=NOISE)
    context = page.context
    decide(page)
    with no_answer_arrives(context):
        send(page)
        expect(told(page)).to_contain_text("kept here")
        page.close()
    cookie = sign_in(browser, PersonFactory()).get_cookie("touchstone")
    assert cookie is not None
    context.add_cookies([{"name": "touchstone", "value": cookie.value, "url": address}])
    colleague = context.new_page()
    posted: list[str] = []
    colleague.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    colleague.goto("/practice/")
    expect(colleague.locator("h1")).to_have_text("Practice")
    colleague.wait_for_load_state("networkidle")
    assert posted == []
    assert told(colleague).count() == 0
    assert judgement_count() == 0
