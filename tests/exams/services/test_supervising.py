from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, right_response
from training.accounts.models import Person
from training.actors import SYSTEM, Actor, ActorKind
from training.audit.models import AuditEntry
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.models import AnswerEvent, Attempt
from training.exams.rules.reasons import SittingRefusal, SupervisionRefusal
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.rules.timing import GRACE

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
WHY = "The fire bell rang and they left the room."
WINDOW = "window-one"


@pytest.fixture
def attempt(app: Flask) -> Attempt:
    AttemptFactory(exam=(exam := ExamFactory()))
    found = AttemptFactory(exam=exam)
    assert isinstance(found, Attempt)
    return found


@pytest.fixture
def trainer(app: Flask) -> Actor:
    return actor(PersonFactory(roles=("trainer",)))


def actor(person: Person) -> Actor:
    return Actor(ActorKind.PERSON, person.id)


def save(attempt: Attempt, sequence: int, option: int, now: datetime, *, position: int = 1, client_id: str = WINDOW) -> SaveVerdict:
    saved = services.save_answer(attempt, Saving(position, client_id, sequence, {"options": [option]}), by=SYSTEM, now=now)
    return saved.verdict


def answers(attempt: Attempt) -> dict[int, object]:
    db.session.expire_all()
    return {position: answer.response["options"][0] for position, answer in queries.answers_of(attempt.id).items()}


def deeds(attempt: Attempt) -> list[str]:
    return [event.deed for event in queries.time_events_of(attempt.id)]


def test_more_time_moves_the_deadline_and_is_written_down(attempt: Attempt, trainer: Actor) -> None:
    before = attempt.deadline_at
    services.extend_attempt(attempt, minutes=7, reason=WHY, by=trainer, now=NOON + MINUTE)
    assert attempt.deadline_at == before + 7 * MINUTE
    (event,) = queries.time_events_of(attempt.id)
    assert (event.deed, event.reason, event.by_id, event.deadline_at) == ("extended", WHY, trainer.id, before + 7 * MINUTE)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.extended")).one()
    assert (entry.subject_id, entry.detail["minutes"], entry.detail["reason"]) == (attempt.public_id, 7, WHY)


def test_a_pause_moves_the_deadline_by_exactly_its_length(attempt: Attempt, trainer: Actor) -> None:
    before = attempt.deadline_at
    paused_at, resumed_at = NOON + timedelta(minutes=3, microseconds=17), NOON + timedelta(hours=5, microseconds=40)
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=paused_at)
    assert attempt.deadline_at == before
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=resumed_at)
    assert attempt.deadline_at - resumed_at == before - paused_at
    assert attempt.paused_at is None
    assert deeds(attempt) == ["paused", "resumed"]


def test_nothing_expires_while_paused_and_all_of_it_after(attempt: Attempt, trainer: Actor) -> None:
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON + MINUTE)
    late = NOON + timedelta(days=2)
    due = {found.id for found in queries.attempts_due(late)}
    assert due
    assert attempt.id not in due
    assert not services.expire_if_due(attempt, by=SYSTEM, now=late)
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=late)
    assert services.expire_if_due(attempt, by=SYSTEM, now=attempt.deadline_at + GRACE + SECOND)
    assert attempt.finished_at == attempt.deadline_at


def test_what_arrives_during_a_pause_counts_when_it_goes_on(attempt: Attempt, trainer: Actor) -> None:
    assert save(attempt, 1, 1, NOON) is SaveVerdict.SAVED
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON + MINUTE)
    assert save(attempt, 3, 3, NOON + 2 * MINUTE) is SaveVerdict.PAUSED
    assert save(attempt, 2, 2, NOON + 2 * MINUTE) is SaveVerdict.PAUSED
    assert save(attempt, 4, 4, NOON + 2 * MINUTE, position=2) is SaveVerdict.PAUSED
    assert save(attempt, 3, 3, NOON + 2 * MINUTE) is SaveVerdict.PAUSED
    assert answers(attempt) == {1: 1}
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON + 3 * MINUTE)
    assert answers(attempt) == {1: 3, 2: 4}
    assert save(attempt, 2, 1, NOON + 4 * MINUTE, position=2) is SaveVerdict.REUSED_SEQUENCE
    assert save(attempt, 5, 1, NOON + 4 * MINUTE) is SaveVerdict.SAVED


def test_a_later_pause_does_not_bring_back_what_an_earlier_one_kept(attempt: Attempt, trainer: Actor) -> None:
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON)
    save(attempt, 1, 1, NOON + SECOND)
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON + MINUTE)
    save(attempt, 2, 2, NOON + 2 * MINUTE)
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON + 3 * MINUTE)
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON + 4 * MINUTE)
    assert answers(attempt) == {1: 2}


def test_an_answer_kept_in_a_pause_does_not_replace_a_newer_one_that_overtook_it(attempt: Attempt, trainer: Actor) -> None:
    """Two saves and a pause at one instant: the older save may be written last, having seen neither."""
    assert save(attempt, 2, 2, NOON) is SaveVerdict.SAVED
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON + SECOND)
    overtaken = {"position": 1, "client_id": WINDOW, "sequence": 1, "response": {"options": [1]}, "is_flagged": False}
    db.session.add(AnswerEvent(attempt_id=attempt.id, verdict=SaveVerdict.PAUSED.value, received_at=NOON + SECOND, **overtaken))
    db.session.flush()
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON + MINUTE)
    assert answers(attempt) == {1: 2}


def test_what_a_broken_window_sent_counts_although_another_takes_over_during_the_pause(attempt: Attempt, trainer: Actor) -> None:
    save(attempt, 1, 1, NOON)
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON + MINUTE)
    save(attempt, 2, 2, NOON + 2 * MINUTE)
    services.claim_writing(attempt, "window-two", sequence=0, takes_over=True, by=SYSTEM, now=NOON + 3 * MINUTE)
    assert save(attempt, 3, 3, NOON + 3 * MINUTE) is SaveVerdict.OTHER_WRITER
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON + 4 * MINUTE)
    assert answers(attempt) == {1: 2}
    assert save(attempt, 1, 4, NOON + 5 * MINUTE, client_id="window-two") is SaveVerdict.SAVED


def test_nothing_is_submitted_while_paused(attempt: Attempt, trainer: Actor) -> None:
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON)
    with pytest.raises(Refusal) as refused:
        services.submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=NOON + MINUTE)
    assert refused.value.reason is SittingRefusal.PAUSED


@pytest.mark.parametrize("deed", ["extend", "pause", "resume"])
def test_nobody_rules_on_their_own_nor_on_what_is_over(attempt: Attempt, trainer: Actor, deed: str) -> None:
    def do(by: Actor, now: datetime) -> SupervisionRefusal:
        with pytest.raises(Refusal) as refused:
            if deed == "extend":
                services.extend_attempt(attempt, minutes=5, reason=WHY, by=by, now=now)
            elif deed == "pause":
                services.pause_attempt(attempt, reason=WHY, by=by, now=now)
            else:
                services.resume_attempt(attempt, reason=WHY, by=by, now=now)
        reason = refused.value.reason
        assert isinstance(reason, SupervisionRefusal)
        return reason

    assert do(Actor(ActorKind.PERSON, attempt.person_id), NOON) is SupervisionRefusal.OWN_ATTEMPT
    assert do(trainer, attempt.deadline_at + GRACE + SECOND) is SupervisionRefusal.NOT_RUNNING
    services.submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=NOON + MINUTE)
    assert do(trainer, NOON + MINUTE) is SupervisionRefusal.NOT_RUNNING
    assert deeds(attempt) == []


def test_a_pause_is_made_once_ended_once_and_never_after_the_deadline(attempt: Attempt, trainer: Actor) -> None:
    with pytest.raises(Refusal, match="not_paused"):
        services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON)
    with pytest.raises(Refusal, match="not_running"):
        services.pause_attempt(attempt, reason=WHY, by=trainer, now=attempt.deadline_at + SECOND)
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON)
    with pytest.raises(Refusal, match="paused_already"):
        services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON)


def test_an_extended_attempt_takes_answers_until_its_new_deadline(attempt: Attempt, trainer: Actor) -> None:
    old = attempt.deadline_at
    services.extend_attempt(attempt, minutes=1, reason=WHY, by=trainer, now=old + 5 * SECOND)
    assert save(attempt, 1, 1, old + MINUTE + GRACE) is SaveVerdict.SAVED
    assert save(attempt, 2, 1, old + MINUTE + GRACE + SECOND) is SaveVerdict.LATE


def test_the_ledger_of_time_is_appended_to_never_edited(attempt: Attempt, trainer: Actor) -> None:
    services.extend_attempt(attempt, minutes=1, reason=WHY, by=trainer, now=NOON)
    db.session.commit()
    event = queries.time_events_of(attempt.id)[0]
    event.reason = "Another reason"
    with pytest.raises(Exception, match="appended to"):
        db.session.flush()
    db.session.rollback()


def test_a_right_answer_given_during_a_pause_earns_its_mark(attempt: Attempt, trainer: Actor) -> None:
    services.pause_attempt(attempt, reason=WHY, by=trainer, now=NOON)
    services.save_answer(attempt, Saving(1, WINDOW, 1, right_response(attempt, 1)), by=SYSTEM, now=NOON + SECOND)
    services.resume_attempt(attempt, reason=WHY, by=trainer, now=NOON + MINUTE)
    services.submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=NOON + 2 * MINUTE)
    result = queries.result_of(attempt)
    assert result is not None
    assert result.right_count == 1
