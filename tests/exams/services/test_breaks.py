from datetime import timedelta

import pytest

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory
from training.accounts.rules import FactKind
from training.accounts.services import record_facts
from training.actors import SYSTEM, Actor, ActorKind
from training.errors import Refusal
from training.exams import queries, services
from training.exams.models import Attempt
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.rules.timing import GRACE

pytestmark = pytest.mark.usefixtures("app")
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def sitting(break_seconds: int) -> tuple[Attempt, Actor]:
    person = PersonFactory()
    accommodations = {"time_multiplier": 1.0, "extra_break_seconds": break_seconds}
    record_facts(person, {FactKind.ACCOMMODATIONS: accommodations}, effective_from=NOON - MINUTE, by=SYSTEM, now=NOON - MINUTE)
    return AttemptFactory(person=person), Actor(ActorKind.PERSON, person.id)


def test_breaks_are_counted_to_the_microsecond_and_the_deadline_stays() -> None:
    attempt, by = sitting(600)
    deadline = attempt.deadline_at
    assert deadline == NOON + timedelta(minutes=15, seconds=600)
    services.start_break(attempt, by=by, now=NOON + MINUTE)
    services.end_break(attempt, by=by, now=NOON + MINUTE + timedelta(seconds=61, microseconds=7))
    services.start_break(attempt, by=by, now=NOON + 5 * MINUTE)
    left = queries.break_bank_of(attempt).left(NOON + 5 * MINUTE + timedelta(microseconds=3))
    assert left == timedelta(seconds=600 - 61, microseconds=-10)
    assert attempt.deadline_at == deadline


def test_a_break_ends_by_itself_when_the_bank_is_empty_and_no_other_begins() -> None:
    attempt, by = sitting(120)
    services.start_break(attempt, by=by, now=NOON)
    assert queries.break_bank_of(attempt).is_on_break(NOON + 2 * MINUTE - SECOND)
    assert not queries.break_bank_of(attempt).is_on_break(NOON + 2 * MINUTE)
    with pytest.raises(Refusal, match="no_break_left"):
        services.start_break(attempt, by=by, now=NOON + 3 * MINUTE)
    ended = queries.time_events_of(attempt.id)[-1]
    assert (ended.deed, ended.at, ended.by_id) == ("break_ended", NOON + 2 * MINUTE, None)


def test_asking_twice_begins_one_break_and_ends_one() -> None:
    attempt, by = sitting(120)
    services.start_break(attempt, by=by, now=NOON)
    services.start_break(attempt, by=by, now=NOON + SECOND)
    services.end_break(attempt, by=by, now=NOON + 2 * SECOND)
    services.end_break(attempt, by=by, now=NOON + 3 * SECOND)
    assert [event.deed for event in queries.time_events_of(attempt.id)] == ["break_started", "break_ended"]
    assert queries.break_bank_of(attempt).left(NOON + MINUTE) == timedelta(seconds=118)


def test_without_breaks_granted_none_is_taken() -> None:
    attempt, by = sitting(0)
    with pytest.raises(Refusal, match="no_break_left"):
        services.start_break(attempt, by=by, now=NOON)


def test_no_break_begins_during_a_pause_or_after_the_deadline_and_a_pause_ends_one() -> None:
    attempt, by = sitting(120)
    trainer = Actor(ActorKind.PERSON, PersonFactory(roles=("trainer",)).id)
    services.start_break(attempt, by=by, now=NOON)
    services.pause_attempt(attempt, reason="The power is out.", by=trainer, now=NOON + MINUTE)
    assert queries.break_bank_of(attempt).left(NOON + 9 * MINUTE) == MINUTE
    with pytest.raises(Refusal, match="paused"):
        services.start_break(attempt, by=by, now=NOON + 2 * MINUTE)
    services.resume_attempt(attempt, reason="The power is back.", by=trainer, now=NOON + 3 * MINUTE)
    with pytest.raises(Refusal, match="over"):
        services.start_break(attempt, by=by, now=attempt.deadline_at + SECOND)


def test_an_attempt_that_ends_during_a_break_ends_the_break() -> None:
    attempt, by = sitting(3600)
    services.start_break(attempt, by=by, now=NOON + MINUTE)
    assert services.expire_if_due(attempt, by=SYSTEM, now=attempt.deadline_at + GRACE + SECOND)
    assert queries.time_events_of(attempt.id)[-1].at == NOON + 61 * MINUTE
    other, other_by = sitting(3600)
    services.start_break(other, by=other_by, now=NOON + MINUTE)
    services.submit_attempt(other, client_id="window-one", by=other_by, now=NOON + 2 * MINUTE)
    assert queries.time_events_of(other.id)[-1].at == NOON + 2 * MINUTE


def test_an_answer_that_was_under_way_when_the_break_began_is_saved() -> None:
    attempt, by = sitting(120)
    services.start_break(attempt, by=by, now=NOON)
    saved = services.save_answer(attempt, Saving(1, "window-one", 1, {"options": [1]}), by=by, now=NOON + SECOND)
    assert saved.verdict is SaveVerdict.SAVED
