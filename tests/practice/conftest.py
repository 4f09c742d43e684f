"""Somebody who practises, their browser, and a clock that stands still until it is moved."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
import time_machine
from flask import Flask
from playwright.sync_api import Page

from tests.accounts.factories import PersonFactory
from tests.cases.factories import TaxonomyAreaFactory, TaxonomyLabelFactory
from tests.conftest import Browser
from training.accounts.models import Person


@pytest.fixture
def me(app: Flask) -> Person:
    return PersonFactory()


@pytest.fixture
def mine(browser: Browser, me: Person, sign_in: Callable[[Browser, Person], Browser]) -> Browser:
    return sign_in(browser, me)


@pytest.fixture
def clock(me: Person) -> Iterator[Any]:
    with time_machine.travel(datetime.now(UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def page_at(page_of: Callable[..., Page], me: Person) -> Callable[..., Page]:
    """Opens pages in Chromium as this person."""
    return partial(page_of, me)


@pytest.fixture
def label(app: Flask) -> None:
    """The label of the cases that the factories make, in its area."""
    TaxonomyAreaFactory(code="PRO", title="Prohibited goods")
    TaxonomyLabelFactory(code="PRO-03", title="Prescription medicine sold without authority")
