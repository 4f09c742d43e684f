"""A candidate in a browser, for the tests of pages."""

import json
from dataclasses import dataclass
from typing import Any

from tests.conftest import Browser
from training.accounts.models import Person
from training.db import db
from training.exams import queries
from training.exams.models import Attempt
from training.exams.queries import PublishedExam

WINDOW = "window-of-the-test"
PROGRAM = {"Accept": "application/json"}


@dataclass
class Candidate:
    """Somebody who is signed in and sits one exam."""

    browser: Browser
    person: Person

    def start(self, exam: PublishedExam) -> Attempt:
        response = self.browser.post(f"/exams/{exam.slug}/start")
        assert response.status_code == 302, response.get_data(as_text=True)
        return self.attempt()

    def attempt(self) -> Attempt:
        db.session.expire_all()
        return queries.attempts_of(self.person.id)[0]

    def save(self, attempt: Attempt, position: int, response: Any, sequence: int = 1, **body: Any) -> Any:
        values = {"client_id": WINDOW, "sequence": sequence, "response": response, **body}
        return self.browser.put(f"/exams/attempts/{attempt.public_id}/answers/{position}", data=json.dumps(values), headers=PROGRAM)

    def post(self, attempt: Attempt, path: str, values: Any) -> Any:
        return self.browser.post(f"/exams/attempts/{attempt.public_id}/{path}", data=json.dumps(values), headers=PROGRAM)

    def page(self, attempt: Attempt, path: str | int) -> Any:
        return self.browser.get(f"/exams/attempts/{attempt.public_id}/{path}")

    def text(self, attempt: Attempt, path: str | int) -> str:
        response = self.page(attempt, path)
        assert response.status_code == 200, response.status_code
        return str(response.get_data(as_text=True))
