from datetime import timedelta

import pytest

from tests.exams.factories import NOON, AttemptFactory, right_response, wrong_response
from training.actors import SYSTEM
from training.db import db
from training.exams import queries
from training.exams.models import AnswerSheet
from training.exams.rules.answer_codes import packed
from training.exams.rules.saving import Saving
from training.exams.services import save_answer, submit_attempt
from training.exams.services.sheets import keep_answer_sheet

pytestmark = pytest.mark.usefixtures("app")

A, C = 1, 4


def test_a_finished_attempt_keeps_what_was_answered_and_how_long_it_took() -> None:
    attempt = AttemptFactory()
    for position, response, second in ((1, right_response(attempt, 1), 30), (3, wrong_response(attempt, 3), 75)):
        save_answer(attempt, Saving(position, "window", position, response), by=SYSTEM, now=NOON + timedelta(seconds=second))
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON + timedelta(minutes=2))
    sheet = db.session.get(AnswerSheet, attempt.id)
    assert sheet is not None
    assert sheet.codes == packed([A, 0, C, 0])
    assert sheet.seconds == packed([30, 0, 45, 0])


def test_an_answer_that_is_ruled_in_later_replaces_the_sheet() -> None:
    attempt = AttemptFactory()
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    form = queries.form_of(attempt)
    keep_answer_sheet(attempt, form)
    sheet = db.session.get(AnswerSheet, attempt.id)
    assert sheet is not None
    assert sheet.codes == packed([0, 0, 0, 0])
