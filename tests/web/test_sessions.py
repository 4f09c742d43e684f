"""Sessions in cookies, and requests that need none."""

from datetime import timedelta

import time_machine
from flask import session

from tests.accounts.factories import ApiClientFactory, PersonFactory
from training import clock


def test_a_program_gets_no_cookie_and_an_answer_that_depends_on_none(browser):
    ApiClientFactory(token="good")
    headers = browser.get("/api/v1/queues", headers={"Authorization": "Bearer good"}).headers
    assert "Set-Cookie" not in headers and "Vary" not in headers


def test_a_page_that_a_signed_in_person_sees_depends_on_their_cookie(browser, sign_in):
    assert "Cookie" in sign_in(browser, PersonFactory()).get("/account").headers["Vary"]


def test_a_broken_cookie_is_no_session(browser):
    browser.set_cookie("touchstone", "forged.by.somebody")
    assert browser.get("/account").status_code == 302


def test_a_cookie_that_was_verified_before_is_still_too_old_after_its_life(app, browser, sign_in):
    sign_in(browser, PersonFactory())
    assert browser.get("/account").status_code == 200
    with (
        time_machine.travel(clock.now() + app.permanent_session_lifetime + timedelta(hours=1)),
        app.test_request_context(headers={"Cookie": f"touchstone={browser.get_cookie('touchstone').value}"}),
    ):
        assert dict(session) == {}


def test_what_one_request_puts_into_its_session_is_in_no_other_of_the_same_cookie(app, browser, sign_in):
    sign_in(browser, PersonFactory())
    cookie = {"Cookie": f"touchstone={browser.get_cookie('touchstone').value}"}
    for _ in range(2):
        with app.test_request_context(headers=cookie):
            assert "secret" not in session
            session["secret"] = "mine"


def test_a_forged_cookie_opens_nothing_however_often_it_comes(app):
    for _ in range(2):
        with app.test_request_context(headers={"Cookie": "touchstone=eyJfdXNlcl9pZCI6IngifQ.aQ.x"}):
            assert dict(session) == {}
