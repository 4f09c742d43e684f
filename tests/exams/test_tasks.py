from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory
from training.db import db
from training.exams.models import Attempt, PreparedForm, SignalTally, SimilarityRun
from training.exams.tasks import compare_wrong_answers, count_signals, end_expired_attempts, prepare_windows

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


def test_before_a_window_opens_everybody_gets_their_form_in_their_minute_of_the_hour() -> None:
    ExamFactory(window={"opens_at": NOON.isoformat(), "closes_at": (NOON + timedelta(hours=1)).isoformat()})
    people = PersonFactory.create_batch(3)
    for minute in range(60):
        prepare_windows(NOON - timedelta(hours=2) + timedelta(minutes=minute))
        db.session.commit()
    assert {form.person_id for form in db.session.scalars(select(PreparedForm))} == {person.id for person in people}
