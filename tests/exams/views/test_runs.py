from collections.abc import Callable

import pytest

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import NOON, AttemptFactory
from tests.exams.services.test_finishing import answer
from training.accounts.models import Person
from training.actors import SYSTEM
from training.db import db
from training.exams.rules.runs import RunReason
from training.exams.services import submit_attempt
from training.exams.services.grading import grade_attempt


@pytest.fixture
def trainer(app: object, as_role: Callable[..., Browser]) -> Browser:
    return as_role("trainer")


def test_a_trainer_reads_every_score_of_an_attempt_and_why(trainer: Browser) -> None:
    attempt = AttemptFactory()
    answer(attempt, wrong=2)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    grade_attempt(attempt, reason=RunReason.LATE_ANSWERS, by=SYSTEM, now=NOON)
    db.session.commit()
    page = trainer.get(f"/exams/desk/attempts/{attempt.public_id}/runs").get_data(as_text=True)
    assert "Score 2" in page
    assert "Graded when it was submitted" in page
    assert "answers that arrived late" in page
    assert "Points: 4 of 8; 6 were needed." in page
    assert "No place was marked differently." in page


def test_an_attempt_that_runs_has_no_score_yet(trainer: Browser) -> None:
    attempt = AttemptFactory()
    assert "Not graded yet" in trainer.get(f"/exams/desk/attempts/{attempt.public_id}/runs").get_data(as_text=True)


def test_a_trainers_own_attempt_is_not_shown_to_them(app: object, browser: Browser, sign_in: Callable[[Browser, Person], Browser]) -> None:
    trainer = PersonFactory(roles=["trainer"])
    attempt = AttemptFactory(person=trainer)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    db.session.commit()
    assert sign_in(browser, trainer).get(f"/exams/desk/attempts/{attempt.public_id}/runs").status_code == 404


def test_an_attempt_that_is_none_is_not_found(trainer: Browser) -> None:
    assert trainer.get("/exams/desk/attempts/nothing/runs").status_code == 404
