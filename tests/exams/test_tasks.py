from datetime import timedelta

import pytest

from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from training.db import db
from training.exams.models import Attempt, SignalTally, SimilarityRun
from training.exams.tasks import compare_wrong_answers, count_signals, end_expired_attempts

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


def test_signals_are_counted_however_many_attempts_ended_and_compared_when_the_day_is_over() -> None:
    exam = ExamFactory()
    for _ in range(52):
        AttemptFactory(exam=exam)
    end_expired_attempts(NOON + timedelta(minutes=16))
    count_signals(NOON + timedelta(minutes=17))
    db.session.commit()
    assert db.session.query(SignalTally).filter_by(is_waiting=False).count() == 52
    for hours in (11, 12, 13, 14):
        compare_wrong_answers(NOON + timedelta(hours=hours))
        db.session.commit()
    assert [(run.attempt_count, run.pair_count) for run in db.session.query(SimilarityRun)] == [(52, 52 * 51 // 2)]
