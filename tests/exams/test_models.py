"""What the database forbids, whatever the code does."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.exams.factories import NOON, AttemptFactory
from training.actors import SYSTEM
from training.db import db
from training.exams.models import Answer, AnswerEvent, Attempt, DrawPool, ExamVersion, FormItem, ItemVersion, ScoreRun
from training.exams.rules.saving import Saving
from training.exams.services import save_answer, submit_attempt

pytestmark = pytest.mark.usefixtures("app")


def columns_of(attempt: Attempt, **changes: Any) -> dict[str, Any]:
    kept = {column.key: getattr(attempt, column.key) for column in Attempt.__table__.columns if column.key != "id"}
    return {**kept, "public_id": "another", "ordinal": 2, **changes}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"state": "submitted", "finished_at": NOON, "ordinal": 1},
        {"state": "paused"},
        {"state": "submitted"},
        {"state": "submitted", "finished_at": NOON + timedelta(days=1)},
        {"state": "submitted", "finished_at": NOON, "ordinal": 0},
        {"state": "submitted", "finished_at": NOON, "pool_hash": "nowhere"},
    ],
    ids=["second open", "same ordinal", "unknown state", "finished without an instant", "finished after the deadline", "ordinal 0", "no pool"],
)
def test_an_attempt_that_must_not_be_is_refused_by_the_database(changes: dict[str, Any]) -> None:
    attempt = AttemptFactory()
    with pytest.raises(IntegrityError):
        db.session.execute(insert(Attempt).values(columns_of(attempt, **changes)))


def test_one_window_uses_a_number_once() -> None:
    attempt = AttemptFactory()
    save_answer(attempt, Saving(1, "window", 1, {}), by=SYSTEM, now=NOON)
    values = {"attempt_id": attempt.id, "position": 2, "client_id": "window", "sequence": 1, "response": {}, "is_flagged": False}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(AnswerEvent).values(values | {"verdict": "saved", "received_at": NOON}))


def test_an_answer_belongs_to_a_place_of_the_form() -> None:
    attempt = AttemptFactory()
    values = {"attempt_id": attempt.id, "position": 99, "client_id": "window", "sequence": 1, "response": {}, "is_flagged": False, "saved_at": NOON}
    with pytest.raises(IntegrityError):
        db.session.execute(insert(Answer).values(values))


@pytest.mark.parametrize("model", [ItemVersion, ExamVersion, DrawPool, FormItem, AnswerEvent, ScoreRun])
@pytest.mark.parametrize("deed", ["update", "delete"])
def test_history_is_appended_to_and_never_edited(model: Any, deed: str) -> None:
    attempt = AttemptFactory()
    save_answer(attempt, Saving(1, "window", 1, {}), by=SYSTEM, now=NOON)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    db.session.commit()
    column = list(model.__table__.columns)[-1]
    statement = delete(model) if deed == "delete" else update(model).values({column: column})
    with pytest.raises(DatabaseError, match="appended to, never edited"):
        db.session.execute(statement)
