"""A score run says everything about one grading, and the ledger of runs is complete."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.exams.factories import NOON, AttemptFactory
from tests.exams.services.test_finishing import answer
from training.actors import Actor, ActorKind
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, ScoreRun
from training.exams.rules.grading import RULE_VERSION
from training.exams.rules.runs import RunReason, unpack_items
from training.exams.services import expire_if_due, submit_attempt
from training.exams.services.grading import grade_attempt

pytestmark = pytest.mark.usefixtures("app")


def candidate(attempt: Attempt) -> Actor:
    return Actor(ActorKind.PERSON, attempt.person_id)


def test_a_run_says_why_when_by_whom_and_on_which_form() -> None:
    attempt = AttemptFactory()
    answer(attempt, wrong=1)
    submit_attempt(attempt, client_id="window", by=candidate(attempt), now=NOON + timedelta(minutes=1))
    [entry] = queries.runs_of(attempt)
    run = entry.run
    assert (run.ordinal, run.previous_run_id, run.by_id, run.rule_version) == (1, None, attempt.person_id, RULE_VERSION)
    assert (entry.reason, run.graded_at, run.is_final, entry.is_current) == (RunReason.SUBMITTED, NOON + timedelta(minutes=1), True, True)
    assert list(unpack_items(run.items)) == [place.version.id for place in queries.form_of(attempt)]


def test_time_that_ended_it_is_nobodys_deed() -> None:
    attempt = AttemptFactory()
    after = attempt.deadline_at + timedelta(seconds=11)
    from_sweep = Actor(ActorKind.SYSTEM, None)
    expire_if_due(attempt, by=from_sweep, now=after)
    [entry] = queries.runs_of(attempt)
    assert (entry.reason, entry.run.by_id) == (RunReason.EXPIRED, None)


def test_grading_again_follows_the_run_before_and_edits_nothing() -> None:
    attempt = AttemptFactory()
    answer(attempt)
    submit_attempt(attempt, client_id="window", by=candidate(attempt), now=NOON)
    first = attempt.current_score_run
    assert first is not None
    second = grade_attempt(attempt, reason=RunReason.LATE_ANSWERS, by=candidate(attempt), now=NOON + timedelta(days=1))
    assert (second.ordinal, second.previous_run_id, attempt.current_score_run_id) == (2, first.id, second.id)
    assert [entry.run.ordinal for entry in queries.runs_of(attempt)] == [2, 1]
    assert queries.runs_of(attempt)[0].changes == ()


@pytest.mark.parametrize("wrong", [{"previous_run_id": None, "ordinal": 2}, {"is_passed": True, "is_final": False}, {"reason": "a whim"}])
def test_the_database_refuses_a_run_that_cannot_be(wrong: dict[str, object]) -> None:
    attempt = AttemptFactory()
    submit_attempt(attempt, client_id="window", by=candidate(attempt), now=NOON)
    first = db.session.scalars(select(ScoreRun)).one()
    said = {column.key: getattr(first, column.key) for column in ScoreRun.__table__.columns if column.key != "id"}
    db.session.add(ScoreRun(**(said | {"ordinal": 2, "previous_run_id": first.id} | wrong)))
    with pytest.raises((IntegrityError, DBAPIError)):
        db.session.flush()
    db.session.rollback()
