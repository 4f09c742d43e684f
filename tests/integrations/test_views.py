"""Administrators add, pause and rotate endpoints, read what became of messages and send them again."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from standardwebhooks.webhooks import Webhook

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.integrations.factories import endpoint_at, posts_of, promise
from training import clock
from training.integrations import queries
from training.integrations.rules import MOST_ENDPOINTS

ADDED = {"name": "Review tool", "address": "https://tool.example.org/hook", "kinds": ["certificate", "person"]}


@pytest.fixture
def admin(as_role: Callable[..., Browser]) -> Browser:
    return as_role("admin")


def test_an_endpoint_is_added_and_its_secret_is_shown_once(admin: Browser) -> None:
    assert "No webhooks yet" in admin.get("/webhooks").text
    answer = admin.post("/webhooks", data=ADDED)
    secret = answer.text.partition("<code>")[2].partition("</code>")[0]
    assert Webhook(secret)
    (made,) = queries.endpoints()
    assert (made.name, made.kinds) == ("Review tool", ["certificate", "person"])
    for path in ("/webhooks", f"/webhooks/{made.id}"):
        page = admin.get(path).text
        assert "whsec_" not in page and "https://tool.example.org/hook" in page


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"address": "http://tool.example.org/"}, 409, "https://"),
        ({"address": "https://a@b/"}, 409, "https://"),
        ({"address": ""}, 400, "Enter the address"),
        ({"name": ""}, 400, "Enter a name"),
        ({"kinds": []}, 400, "Choose at least one"),
        ({"kinds": ["everything"]}, 400, "not"),
    ],
)
def test_what_cannot_be_called_is_refused_in_words(admin: Browser, change: dict[str, object], status: int, words: str) -> None:
    answer = admin.post("/webhooks", data=ADDED | change)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert queries.endpoint_count() == 0


def test_there_are_only_so_many_endpoints(app: Flask, admin: Browser) -> None:
    for _ in range(MOST_ENDPOINTS):
        endpoint_at("https://tool.example.org/hook", now=clock.now())
    answer = admin.post("/webhooks", data=ADDED)
    assert (answer.status_code, str(MOST_ENDPOINTS) in answer.text) == (409, True)


def test_it_is_paused_goes_on_and_gets_another_secret(app: Flask, admin: Browser) -> None:
    endpoint, secret = endpoint_at("https://tool.example.org/hook", now=clock.now())
    path = f"/webhooks/{endpoint.id}"
    assert "It is paused" in admin.post(f"{path}/pause", follow_redirects=True).text
    assert "Go on sending" in admin.get(path).text
    assert "sent to again" in admin.post(f"{path}/resume", follow_redirects=True).text
    page = admin.post(f"{path}/secret").text
    assert "whsec_" in page and secret not in page
    assert "Signed by both secrets until" in admin.get(path).text


def test_messages_are_listed_and_sent_again_one_by_one_or_since_an_instant(app: Flask, admin: Browser) -> None:
    endpoint, _secret = endpoint_at("https://tool.example.org/hook", now=clock.now())
    other, _secret = endpoint_at("https://other.example.org/hook", now=clock.now())
    PersonFactory(now=clock.now())
    (post,) = promise(endpoint, now=clock.now())
    (foreign,) = promise(other, now=clock.now())
    post.due_at, post.tried_at, post.try_count, post.last_answer = None, clock.now() - timedelta(hours=1), 17, "503 <b>later</b>"
    path, number = f"/webhooks/{endpoint.id}", post.id
    page = admin.get(path).text
    assert "Given up" in page and "503 &lt;b&gt;later" in page and "change_" in page
    assert admin.post(f"{path}/messages/{foreign.id}/replay").status_code == 404
    assert admin.post(f"{path}/messages/{number}/replay", follow_redirects=True).status_code == 200
    assert [(found.try_count, found.due_at is not None) for found in posts_of(endpoint)] == [(0, True)]
    assert admin.post(f"{path}/replay", data={"since": "yesterday"}).status_code == 400
    assert "sent once more: 0" in admin.post(f"{path}/replay", data={"since": "2026-01-01T00:00"}, follow_redirects=True).text


def test_what_waits_for_an_endpoint_that_is_paused_has_no_next_try_yet(app: Flask, admin: Browser) -> None:
    endpoint, _secret = endpoint_at("https://tool.example.org/hook", now=clock.now())
    PersonFactory(now=clock.now())
    promise(endpoint, now=clock.now())
    path = f"/webhooks/{endpoint.id}"
    assert "when it is sent to again" not in admin.get(path).text
    assert "when it is sent to again" in admin.post(f"{path}/pause", follow_redirects=True).text


def test_what_is_not_there_is_not_found(admin: Browser) -> None:
    assert admin.get("/webhooks/0").status_code == 404
    for deed in ("pause", "resume", "secret", "replay", "messages/0/replay"):
        assert admin.post(f"/webhooks/0/{deed}", data={"since": "2026-01-01T00:00"}).status_code == 404
