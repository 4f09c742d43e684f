"""A candidate for the pages of this room, and one whose browser runs scripts."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page

from tests.accounts.factories import PersonFactory
from tests.cases.factories import TaxonomyAreaFactory
from tests.conftest import Browser
from tests.exams.sitting_in_browser import OFFLINE_NOISE, started
from tests.exams.views.sittings import Candidate
from training.accounts.models import Person
from training.db import db
from training.exams.models import Attempt


@pytest.fixture
def candidate(app: Flask, sign_in: Callable[[Browser, Person], Browser]) -> Callable[..., Candidate]:
    """Signs in a new person, or the one given."""

    def signed_in(person: Person | None = None, **values: Any) -> Candidate:
        who = person or PersonFactory(**values)
        browser = app.test_client()
        assert isinstance(browser, Browser)
        return Candidate(sign_in(browser, who), who)

    return signed_in


@pytest.fixture
def me(app: Flask) -> Person:
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    return PersonFactory(name="Rani Kusumawardhani Prawirodirdjo Lestari")


@pytest.fixture
def room(chromium: Chromium, address: str, me: Person, browser: Browser, sign_in: Callable[..., Browser]) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of this person. No script may fail on any page unseen."""
    cookie = sign_in(browser, me).get_cookie("touchstone")
    assert cookie is not None
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)

    def opened(**options: Any) -> BrowserContext:
        db.session.commit()
        context = chromium.new_context(base_url=address, **({"viewport": {"width": 1440, "height": 900}} | options))
        context.set_default_timeout(15_000)
        context.add_cookies([{"name": "touchstone", "value": cookie.value, "url": address}])
        context.on("page", watch)
        contexts.append(context)
        return context

    yield opened
    for context in contexts:
        context.close()
    assert [fault for fault in faults if not any(noise in fault for noise in OFFLINE_NOISE)] == []


@pytest.fixture
def attempt(me: Person) -> Attempt:
    return started(me)
