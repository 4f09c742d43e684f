"""The demo's outbox page."""

import re
from datetime import UTC, datetime

import pytest

from training.db import db
from training.outbox.services import queue_mail

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def demo(app, monkeypatch):
    monkeypatch.setitem(app.config, "DEMO", True)


def queued(count=1):
    for number in range(count):
        queue_mail(to=f"p{number}@example.org", subject=f"Mail {number:03}", body="Open https://example.org/link?a=1 <b>now</b>", now=NOW)
    db.session.commit()


def test_outside_the_demo_there_is_no_outbox_even_for_administrators(browser, as_role):
    queued()
    assert browser.get("/outbox").status_code == 404
    assert as_role("admin").get("/outbox").status_code == 404


def test_the_demo_shows_its_mail_with_links_that_work(browser, demo):
    queued()
    page = browser.get("/outbox").text
    assert "p0@example.org" in page and '<a href="https://example.org/link?a=1"' in page and "&lt;b&gt;now" in page


def test_an_empty_outbox_says_what_would_fill_it(browser, demo):
    assert "Ask for a password reset" in browser.get("/outbox").text


def test_old_mail_is_on_further_pages(browser, demo):
    queued(60)
    first = browser.get("/outbox").text
    assert "Mail 059" in first and "Mail 009" not in first
    older = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert "Mail 009" in browser.get(older).text
