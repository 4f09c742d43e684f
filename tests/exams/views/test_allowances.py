"""The page where trainers allow one more attempt."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import ExamFactory
from training.accounts.models import Person
from training.actors import SYSTEM
from training.db import db
from training.exams.queries import PublishedExam
from training.exams.services import start_attempt, submit_attempt

AsRole = Callable[[str], Browser]
REASON = "The power failed in the hall during the second attempt."


@pytest.fixture
def used_up(app: object) -> tuple[Person, PublishedExam]:
    person, exam = PersonFactory(name="Ayu Lestari"), ExamFactory(retakes={"cooldown_hours": [0], "attempts": 1, "per_days": 30})
    start = datetime.now(UTC) - timedelta(hours=2)
    submit_attempt(start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=start), client_id="window", by=SYSTEM, now=start)
    db.session.commit()
    return person, exam


def test_a_trainer_allows_it_and_everybody_there_reads_why(as_role: AsRole, used_up: tuple[Person, PublishedExam]) -> None:
    person, exam = used_up
    sent = as_role("trainer").post("/exams/desk/allowances", data={"email": person.email, "exam": exam.slug, "reason": REASON})
    assert sent.location.endswith("/exams/desk/allowances")
    page = as_role("auditor").get("/exams/desk/allowances").get_data(as_text=True)
    assert "Ayu Lestari" in page
    assert REASON in page
    assert "Not started yet" in page
    assert "Allow one more attempt" not in page


def test_what_makes_no_sense_is_refused_in_words(as_role: AsRole, used_up: tuple[Person, PublishedExam]) -> None:
    person, exam = used_up
    trainer = as_role("trainer")
    for values, status, words in (
        ({"email": "nobody@example.org"}, 409, "Nobody here has this address"),
        ({"email": PersonFactory().email}, 409, "attempts are not used up"),
        ({"reason": "Because."}, 400, "Use between 10 and 500 letters"),
        ({"exam": "another"}, 400, "Not a valid choice"),
    ):
        response = trainer.post("/exams/desk/allowances", data={"email": person.email, "exam": exam.slug, "reason": REASON} | values)
        assert response.status_code == status
        assert words in response.get_data(as_text=True)


def test_candidates_and_auditors_allow_nothing(as_role: AsRole, used_up: tuple[Person, PublishedExam]) -> None:
    person, exam = used_up
    for role in ("moderator", "auditor", "lead"):
        assert as_role(role).post("/exams/desk/allowances", data={"email": person.email, "exam": exam.slug, "reason": REASON}).status_code == 403
