"""The description of the API is true."""

import re

import pytest
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from pydantic import BaseModel

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.api.test_authzen import question
from tests.conftest import Browser
from tests.quality.factories import row_of
from tests.queues.factories import QueueFactory
from training.accounts.rules import Scope
from training.api.openapi import OPERATIONS, Operation

HEADERS = {"Authorization": "Bearer good"}
REFERENCE_PAGES = {"/api/", "/api/openapi.json"}
KEYS = {"/.well-known/jwks.json", "/.well-known/did.json"}
"""Read by whoever checks a signature, and described by RFC 7517 and did:web."""


def test_the_document_is_valid_openapi_3_1(browser: Browser) -> None:
    document = browser.get("/api/openapi.json").json
    assert document["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(document).validate()


def test_every_address_for_programs_is_described(app: Flask) -> None:
    def shape(rule: str) -> str:
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)

    ours = {shape(rule.rule) for rule in app.url_map.iter_rules() if rule.rule.startswith(("/api/", "/access/", "/.well-known/", "/healthz", "/readyz"))}
    assert ours - REFERENCE_PAGES - KEYS == {operation.path for operation in OPERATIONS}


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
def test_what_an_address_answers_has_the_described_shape(browser: Browser, operation: Operation) -> None:
    ApiClientFactory(token="good", scopes=[scope.value for scope in Scope])
    person = PersonFactory()
    QueueFactory(id="claims", requires={"languages": ["id"]})
    path = operation.path.format(queue="claims", subject=person.public_id)
    one = question(person.public_id, "claims")
    work = {"reports": [{"person": person.public_id, "queue": "claims", "day": "2026-01-02", "decisions": 5}, {}]}
    audits, tickets = {"audits": [row_of(person), {}]}, {"subject": person.public_id, "queues": ["claims"]}
    bodies = {"evaluateMany": {"evaluations": [one]}, "reportWork": work, "reportAudits": audits, "issueTickets": tickets}
    body = bodies.get(operation.name, one)
    answer = browser.open(path, method=operation.method, headers=HEADERS, json=body if operation.body else None)
    assert answer.status_code in {200, 503}
    shape: type[BaseModel] = operation.answer
    strict = type(shape.__name__, (shape,), {"model_config": {"extra": "forbid"}})
    strict.model_validate(answer.json)


def test_the_page_for_people_shows_every_address_with_an_example(browser: Browser) -> None:
    page = browser.get("/api/").get_data(as_text=True)
    for operation in OPERATIONS:
        assert f"{operation.method} {operation.path}" in page
    assert "curl -s" in page and "<code>context.at</code>" in page and "`" not in page
