"""Answers that arrive late and count keep the order in which they were given."""

from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.exams.factories import AttemptFactory, right_response
from training.actors import SYSTEM, Actor, ActorKind
from training.exams import queries
from training.exams.models import Attempt
from training.exams.rules.saving import Saving
from training.exams.services import rule_on_late_answers, save_answer, submit_attempt

pytestmark = pytest.mark.usefixtures("app")


def test_what_a_window_answered_later_and_in_time_stays_whatever_arrives_late() -> None:
    attempt: Attempt = AttemptFactory()
    late = attempt.deadline_at + timedelta(minutes=1)
    save_answer(attempt, Saving(1, "window", 9, right_response(attempt, 1)), by=SYSTEM, now=attempt.started_at)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=late)
    for sequence, position in ((5, 1), (6, 2), (7, 2)):
        save_answer(attempt, Saving(position, "window", sequence, {"options": [sequence - 3]}), by=SYSTEM, now=late)
    trainer = Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
    counted = [waiting.event.id for waiting in queries.late_answers_of(attempt.id)]
    rule_on_late_answers(attempt, counted, reason="The connection broke.", site_url="https://example.org", by=trainer, now=late)
    current = queries.answers_of(attempt.id)
    assert (current[1].response, current[2].response) == (right_response(attempt, 1), {"options": [4]})
