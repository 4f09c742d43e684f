"""Whatever is sent, the API answers as it is described, and never breaks."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.queues.factories import QueueFactory
from training.accounts.rules import Scope
from training.api.openapi import OPERATIONS

SOUND, UNSOUND = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
TAKES_SOMETHING = [operation for operation in OPERATIONS if operation.scope and (operation.body or operation.query)]
CASES = [(operation, mode) for operation in TAKES_SOMETHING for mode in (SOUND, UNSOUND)]


@pytest.mark.parametrize(("operation", "mode"), CASES, ids=lambda value: getattr(value, "name", None))
def test_the_api_answers_as_described_whatever_is_sent(app: Flask, operation: Any, mode: Any) -> None:
    ApiClientFactory(token="good", scopes=[scope.value for scope in Scope])
    PersonFactory(email="sri@example.org")
    QueueFactory(id="claims", requires={"languages": ["id"]})
    described = schemathesis.openapi.from_wsgi("/api/openapi.json", app)[operation.path][operation.method]

    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def answer_holds(data: st.DataObject) -> None:
        case = data.draw(described.as_strategy(generation_mode=mode))
        answer = case.call(headers={"Authorization": "Bearer good"})
        assert answer.status_code < 500
        assert answer.status_code in {200, *operation.failures}
        described.validate_response(answer)

    answer_holds()
