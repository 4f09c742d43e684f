from datetime import timedelta

import pytest

from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from training.db import db
from training.exams.models import Attempt
from training.exams.tasks import end_expired_attempts

pytestmark = pytest.mark.usefixtures("app")


def test_everything_that_expired_is_ended_however_much_it_is() -> None:
    exam = ExamFactory()
    due = [AttemptFactory(exam=exam) for _ in range(12)]
    running = AttemptFactory(exam=exam, now=NOON + timedelta(minutes=5))
    end_expired_attempts(NOON + timedelta(minutes=16))
    db.session.commit()
    states = [db.session.get_one(Attempt, attempt.id).state for attempt in due]
    assert set(states) == {"expired"}
    assert db.session.get_one(Attempt, running.id).state == "open"
