"""A candidate for the pages of this room."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.views.sittings import Candidate
from training.accounts.models import Person


@pytest.fixture
def candidate(app: Flask, sign_in: Callable[[Browser, Person], Browser]) -> Callable[..., Candidate]:
    """Signs in a new person, or the one given."""

    def signed_in(person: Person | None = None, **values: Any) -> Candidate:
        who = person or PersonFactory(**values)
        browser = app.test_client()
        assert isinstance(browser, Browser)
        return Candidate(sign_in(browser, who), who)

    return signed_in
