"""An exam in a browser, for the tests that sit one."""

import re
from datetime import timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy import func, select

from tests.exams.factories import AttemptFactory, ExamFactory
from training import clock
from training.accounts.models import Person
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt

OFFLINE_NOISE = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "405", "409", "503")
"""What a browser's console says of a broken connection, and of refusals that the exam's script heeds."""


def started(person: Person, *, seconds_left: float = 900) -> Attempt:
    """An attempt that has this long to go."""
    now = clock.now() - timedelta(seconds=900 - seconds_left)
    found = AttemptFactory(person=person, exam=ExamFactory(), now=now)
    assert isinstance(found, Attempt)
    return found


def at(context: BrowserContext, attempt: Attempt, *, has_script: bool = True) -> Page:
    page = context.new_page()
    page.goto(f"/exams/attempts/{attempt.public_id}/1")
    if has_script:
        expect(page.locator("#exam-time-button")).to_be_visible()
        expect(page.locator(".case-key-switch")).to_be_visible()
    return page


def close_offline(page: Page) -> None:
    """Close a tab that has no connection.

    Closing gives a page its connection back shortly before its script ends; it must not send then what it kept.
    """
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('offline')); navigator.sendBeacon = () => false; }")
    page.close()


def saved(page: Page) -> None:
    expect(page.locator("#exam-saved")).to_have_text(re.compile(r"Saved \d\d:\d\d:\d\d"))


def answers(attempt: Attempt) -> dict[int, Any]:
    db.session.rollback()
    db.session.expire_all()
    return {position: answer.response for position, answer in queries.answers_of(attempt.id).items()}


def event_count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(AnswerEvent)) or 0
