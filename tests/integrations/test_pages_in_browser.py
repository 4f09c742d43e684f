"""The pages of this room in a real browser: wide and narrow, light and dark."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.accounts.factories import PersonFactory
from tests.browser.looking import in_ways, look
from tests.integrations.factories import endpoint_at, promise
from training import clock
from training.accounts.rules import Role
from training.db import db

pytestmark = pytest.mark.browser


@in_ways
def test_an_endpoint_is_added_by_keyboard_alone(page_of, ways):
    page = page_of(PersonFactory(roles=[Role.ADMIN]), "/webhooks", allowing=("409",))
    look(page, "webhooks-empty", ways)
    page.get_by_label("Name").fill("Review tool of the marketplace for Indonesia")
    page.get_by_label("Address").fill("http://tool.example.org/")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("https://")
    look(page, "webhooks-refused", ways)
    page.get_by_label("Address").fill("https://tool.example.org/" + "a-long-folder/" * 12)
    page.keyboard.press("Enter")
    expect(page.get_by_text("whsec_")).to_be_visible()
    look(page, "webhook-secret", ways)
    page.get_by_role("link", name="I have copied it").press("Enter")
    expect(page.get_by_role("heading", name="No messages yet")).to_be_visible()
    look(page, "webhook-empty", ways)
    page.get_by_role("link", name="Webhooks").last.press("Enter")
    look(page, "webhooks", ways)


@in_ways
def test_what_became_of_each_message_is_read_and_one_is_sent_again(page_of, ways):
    now = clock.now()
    endpoint, _secret = endpoint_at("https://tool.example.org/hooks/touchstone", now=now)
    for _ in range(4):
        PersonFactory(now=now)
    posts = promise(endpoint, now=now)
    answers = ("200 thanks", "503 " + "<html><body>Service Temporarily Unavailable</body></html>" * 4, "TimeoutError: timed out", None)
    for post, answer in zip(posts, answers, strict=True):
        post.last_answer, post.tried_at, post.try_count = answer, answer and now - timedelta(minutes=5), 17 if answer else 0
    posts[0].sent_at, posts[0].due_at, posts[2].due_at = now, None, None
    posts[0].try_count, endpoint.failing_since = 1, now
    db.session.commit()
    page = page_of(PersonFactory(roles=[Role.ADMIN]), f"/webhooks/{endpoint.id}")
    look(page, "webhook-messages", ways)
    page.get_by_role("row").filter(has_text="TimeoutError").get_by_role("button", name="Send again").press("Enter")
    expect(page.get_by_text("sent once more")).to_be_visible()
    page.get_by_role("button", name="Pause").press("Enter")
    expect(page.get_by_text("It is paused")).to_be_visible()
    look(page, "webhook-paused", ways)
