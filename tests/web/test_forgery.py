"""The form token of what scripts send. It is verified once and compared every time."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from training.accounts.models import Person

CHECK = "/exams/check"


@pytest.fixture(autouse=True)
def protected(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)


@pytest.fixture
def script(app: Flask, sign_in: Callable[[Browser, Person], Browser]) -> Callable[[], tuple[Browser, str]]:
    """A browser whose script has read the token of its page."""

    def opened() -> tuple[Browser, str]:
        browser = app.test_client()
        assert isinstance(browser, Browser)
        found = re.search(r'name="csrf_token" value="([^"]+)"', sign_in(browser, PersonFactory()).get("/").text)
        assert found is not None
        return browser, found[1]

    return opened


def sent(browser: Browser, token: str, **more: Any) -> int:
    """The status that a script's request gets; its answer is no page."""
    headers = {"X-CSRFToken": token, "Referer": "https://localhost/"} | more.pop("headers", {})
    with browser.application.app_context():
        return FlaskClient.open(browser, CHECK, method="PUT", headers=headers, **({"json": {}} | more)).status_code


def test_a_token_is_good_for_as_many_requests_as_its_sign_in_sends(script: Callable[[], tuple[Browser, str]]) -> None:
    browser, token = script()
    assert [sent(browser, token) for _ in range(3)] == [204, 204, 204]
    assert [sent(browser, token, base_url="https://localhost") for _ in range(2)] == [204, 204]


def test_a_token_that_is_good_for_one_is_good_for_nobody_else(script: Callable[[], tuple[Browser, str]]) -> None:
    (mine, my_token), (_theirs, their_token) = script(), script()
    assert sent(_theirs, their_token) == 204
    assert sent(mine, their_token) == 400
    assert sent(mine, my_token) == 204


@pytest.mark.parametrize("token", ["", "x", "IjEyMyI.aQ.x"])
def test_without_a_token_of_ours_nothing_is_done(script: Callable[[], tuple[Browser, str]], token: str) -> None:
    browser, good = script()
    assert sent(browser, good) == 204
    assert sent(browser, token) == 400


def test_over_tls_a_known_token_still_has_to_come_from_a_page_of_ours(script: Callable[[], tuple[Browser, str]]) -> None:
    browser, token = script()
    assert sent(browser, token, base_url="https://localhost") == 204
    for referrer in ("", "https://elsewhere.example/"):
        assert sent(browser, token, headers={"Referer": referrer}, base_url="https://localhost") == 400


def test_a_field_of_the_form_counts_before_a_header(script: Callable[[], tuple[Browser, str]]) -> None:
    browser, token = script()
    assert sent(browser, "x", json=None, data={"csrf_token": token}) == 204
    assert sent(browser, token, json=None, data={"csrf_token": "x"}) == 400
