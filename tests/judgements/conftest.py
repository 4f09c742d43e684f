"""Cases of every kind of reference, and people who answer them."""

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.judgements.answers import cases_of_every_reference
from training.cases.models import Case


@pytest.fixture
def pool(app: Flask) -> list[Case]:
    return cases_of_every_reference()


@pytest.fixture
def people(app: Flask) -> list[int]:
    return [person.id for person in PersonFactory.create_batch(3)]
