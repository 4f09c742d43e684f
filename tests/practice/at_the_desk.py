"""The desk in a browser, for the tests that sit at it."""

from typing import Any

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from tests.cases.factories import CaseFactory
from tests.practice.factories import PracticeSessionFactory, ServingFactory
from training import clock
from training.accounts.models import Person
from training.cases.rules import Surface
from training.db import db
from training.judgements.models import Judgement


def served(person: Person, surface: Surface = Surface.LISTING, *, scope: str = "all", **case: Any) -> str:
    """The address of a case that waits for this person."""
    session = PracticeSessionFactory(person_id=person.id, scope=scope)
    made = CaseFactory(surface=surface.value, **case)
    return f"/practice/{ServingFactory(session=session, case=made, served_at=clock.now()).id}"


def judgement_count() -> int:
    """How many answers the server has by now."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Judgement)) or 0


def latest_answer() -> dict[str, Any]:
    """The one answer that the server has."""
    db.session.rollback()
    return dict(db.session.scalars(select(Judgement)).one().answer)


def decide(page: Page) -> None:
    """Answer as the expert did, by keys, but for sending it."""
    expect(page.locator(".case-key-switch")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("l")
    page.keyboard.type("medicine")
    page.keyboard.press("Enter")
    page.locator("label", has=page.locator("input[value=S3]")).click()


def send(page: Page) -> None:
    """Send the answer by its button."""
    page.get_by_role("button", name="Send the answer").click()
