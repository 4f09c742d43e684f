"""The guard at the door."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.accounts.factories import ApiClientFactory, PersonFactory
from training.web.access import Audience, access_of, opens_to, opens_to_clients, opens_to_everyone, opens_to_signed_in

QUEUES = "/api/v1/queues"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def test_somebody_signed_out_is_led_to_the_door_and_back(browser):
    assert browser.get("/account/sessions?x=1").location == "/sign-in?next=/account/sessions?x%3D1"
    assert browser.post("/account/time-zone").location == "/sign-in", "what was sent is not sent again by itself"


def test_a_role_that_is_missing_is_said_without_a_code_name(browser, sign_in):
    answer = sign_in(browser, PersonFactory()).get("/people")
    assert answer.status_code == 403
    assert "This page is not open to you" in answer.text and "ask your team lead or an administrator" in answer.text


def test_a_program_needs_a_token_that_is_known_current_and_good_for_it(browser):
    ApiClientFactory(token="good")
    ApiClientFactory(token="old", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    ApiClientFactory(token="gone", revoked_at=datetime.now(UTC))
    ApiClientFactory(token="other", scopes=[])
    assert browser.get(QUEUES, headers=bearer("good")).status_code == 200
    for headers in ({}, bearer(""), bearer("unknown"), bearer("old"), bearer("gone"), {"Authorization": "Basic good"}):
        answer = browser.get(QUEUES, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert "token" in answer.json["message"]
    refused = browser.get(QUEUES, headers=bearer("other"))
    assert refused.status_code == 403 and "access:read" in refused.json["message"]


def test_the_words_around_a_token_may_be_written_in_any_case(browser):
    ApiClientFactory(token="good")
    assert browser.get(QUEUES, headers={"Authorization": "bearer  good "}).status_code == 200


def test_a_person_is_no_program_and_a_program_no_person(browser, sign_in):
    ApiClientFactory(token="good")
    assert browser.get("/account", headers=bearer("good")).status_code == 302
    assert sign_in(browser, PersonFactory()).get(QUEUES).status_code == 401


def test_a_cookie_that_somebody_made_up_is_nobodys(browser):
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "1"
    assert browser.get("/account").status_code == 302


def test_a_view_that_declares_nothing_cannot_be_opened(app, browser, monkeypatch):
    monkeypatch.setitem(app.view_functions, "today.page", lambda: "open")
    with app.test_request_context():
        assert access_of("today.page") is None
    assert browser.get("/").status_code == 403


@pytest.mark.parametrize(
    ("declare", "audience"),
    [
        (opens_to_everyone, Audience.EVERYONE),
        (opens_to_signed_in, Audience.SIGNED_IN),
        (opens_to("lead"), Audience.ROLES),
        (opens_to_clients("access:read"), Audience.CLIENTS),
    ],
)
def test_each_declaration_says_its_audience(declare, audience):
    assert declare(lambda: "x").access.audience is audience
