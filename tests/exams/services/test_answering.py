from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.exams.factories import NOON, AttemptFactory, ExamFactory, case_item
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt
from training.exams.rules.responses import ResponseFault
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.services import Saved, claim_writing, save_answer, save_answers, submit_attempt

pytestmark = pytest.mark.usefixtures("app")

SECOND = timedelta(seconds=1)


@pytest.fixture
def attempt(app: object) -> Attempt:
    return AttemptFactory()  # type: ignore[no-any-return]


def save(attempt: Attempt, *options: int, position: int = 1, client: str = "window", sequence: int = 1, now: datetime = NOON, **more: Any) -> Saved:
    response = {"options": list(options)} if options else {}
    return save_answer(attempt, Saving(position, client, sequence, more.get("response", response), more.get("is_flagged", False)), by=SYSTEM, now=now)


def current(attempt: Attempt, position: int = 1) -> Any:
    answer = queries.answers_of(attempt.id).get(position)
    return answer.response if answer else None


def events(attempt: Attempt) -> list[str]:
    return list(db.session.scalars(select(AnswerEvent.verdict).where(AnswerEvent.attempt_id == attempt.id).order_by(AnswerEvent.id)))


def deeds() -> list[str]:
    return list(db.session.scalars(select(AuditEntry.deed)))


def test_an_answer_is_kept_as_an_event_and_as_the_current_answer(attempt: Attempt) -> None:
    assert save(attempt, 2).verdict is SaveVerdict.SAVED
    assert current(attempt) == {"options": [2]}
    assert events(attempt) == ["saved"]


def test_a_later_answer_replaces_it_and_both_events_stay(attempt: Attempt) -> None:
    save(attempt, 2, sequence=1)
    save(attempt, 3, sequence=2, is_flagged=True)
    assert current(attempt) == {"options": [3]}
    assert queries.answers_of(attempt.id)[1].is_flagged
    assert events(attempt) == ["saved", "saved"]


def test_sending_the_same_again_changes_nothing(attempt: Attempt) -> None:
    save(attempt, 2, sequence=1)
    save(attempt, 3, sequence=2)
    assert save(attempt, 2, sequence=1).verdict is SaveVerdict.SAVED
    assert current(attempt) == {"options": [3]}
    assert events(attempt) == ["saved", "saved"]


def test_a_number_used_for_another_answer_is_sent_back(attempt: Attempt) -> None:
    save(attempt, 2, sequence=1)
    assert save(attempt, 3, sequence=1).verdict is SaveVerdict.REUSED_SEQUENCE
    assert current(attempt) == {"options": [2]}


def test_an_older_answer_that_arrives_late_is_kept_but_does_not_override(attempt: Attempt) -> None:
    save(attempt, 3, sequence=5)
    assert save(attempt, 2, sequence=4).verdict is SaveVerdict.STALE
    assert current(attempt) == {"options": [3]}
    assert events(attempt) == ["saved", "stale"]


def test_clearing_an_answer_is_an_answer(attempt: Attempt) -> None:
    save(attempt, 2, sequence=1)
    save(attempt, sequence=2)
    assert current(attempt) == {}


@pytest.mark.parametrize(("seconds", "verdict"), [(0, SaveVerdict.SAVED), (10, SaveVerdict.SAVED), (11, SaveVerdict.LATE)])
def test_an_answer_counts_until_ten_seconds_after_the_deadline(attempt: Attempt, seconds: int, verdict: SaveVerdict) -> None:
    assert save(attempt, 1, now=attempt.deadline_at + seconds * SECOND).verdict is verdict
    assert events(attempt) == [verdict.value]
    assert (current(attempt) is None) == (verdict is SaveVerdict.LATE)


def test_a_late_answer_is_told_to_the_audit(attempt: Attempt) -> None:
    save(attempt, 1, now=attempt.deadline_at + 11 * SECOND)
    assert "attempt.answer_not_counted" in deeds()


def test_an_answer_after_submission_is_kept_but_does_not_count(attempt: Attempt) -> None:
    save(attempt, 1)
    submit_attempt(attempt, client_id="window", by=SYSTEM, now=NOON)
    assert save(attempt, 2, sequence=2).verdict is SaveVerdict.CLOSED
    assert current(attempt) == {"options": [1]}


def test_another_window_is_refused_until_it_takes_over(attempt: Attempt) -> None:
    save(attempt, 1)
    assert save(attempt, 2, client="phone").verdict is SaveVerdict.OTHER_WRITER
    assert not claim_writing(attempt, "phone", sequence=1, takes_over=False, by=SYSTEM, now=NOON)
    assert claim_writing(attempt, "phone", sequence=1, takes_over=True, by=SYSTEM, now=NOON)
    assert save(attempt, 2, client="phone", sequence=2).verdict is SaveVerdict.SAVED
    assert save(attempt, 3, sequence=2).verdict is SaveVerdict.OTHER_WRITER
    assert current(attempt) == {"options": [2]}
    assert deeds().count("attempt.taken_over") == 1


def test_what_a_window_sent_before_it_took_over_does_not_override(attempt: Attempt) -> None:
    claim_writing(attempt, "phone", sequence=9, takes_over=False, by=SYSTEM, now=NOON)
    claim_writing(attempt, "window", sequence=4, takes_over=True, by=SYSTEM, now=NOON)
    assert save(attempt, 2, sequence=4).verdict is SaveVerdict.STALE
    assert save(attempt, 3, sequence=5).verdict is SaveVerdict.SAVED


def test_a_window_that_forgot_its_numbers_does_not_bring_old_answers_back(attempt: Attempt) -> None:
    save(attempt, 1, position=2, sequence=5)
    claim_writing(attempt, "phone", sequence=0, takes_over=True, by=SYSTEM, now=NOON)
    save(attempt, 2, client="phone", sequence=1)
    claim_writing(attempt, "window", sequence=0, takes_over=True, by=SYSTEM, now=NOON)
    assert save(attempt, 3, sequence=4).verdict is SaveVerdict.STALE
    assert current(attempt) == {"options": [2]}


def test_the_first_window_to_claim_writes(attempt: Attempt) -> None:
    assert claim_writing(attempt, "window", sequence=0, takes_over=False, by=SYSTEM, now=NOON)
    assert claim_writing(attempt, "window", sequence=0, takes_over=False, by=SYSTEM, now=NOON)
    assert not claim_writing(attempt, "phone", sequence=0, takes_over=False, by=SYSTEM, now=NOON)
    assert "attempt.taken_over" not in deeds()


@pytest.mark.parametrize(
    ("position", "response", "fault"),
    [
        (1, {"options": [9]}, ResponseFault.UNKNOWN_OPTION),
        (1, {"options": [1, 2]}, ResponseFault.TOO_MANY),
        (1, {"actions": ["REMOVE"]}, ResponseFault.SHAPE),
        (77, {"options": [1]}, ResponseFault.UNKNOWN_ITEM),
        (0, {}, ResponseFault.UNKNOWN_ITEM),
    ],
)
def test_what_cannot_be_read_is_kept_and_told_apart(attempt: Attempt, position: int, response: dict[str, Any], fault: ResponseFault) -> None:
    saved = save(attempt, position=position, response=response)
    assert (saved.verdict, saved.fault) == (SaveVerdict.UNREADABLE, fault)
    assert events(attempt) == ["unreadable"]
    assert queries.answers_of(attempt.id) == {}


def test_several_answers_are_taken_in_order(attempt: Attempt) -> None:
    savings = [Saving(1, "window", 1, {"options": [1]}), Saving(2, "window", 2, {"options": [2]}), Saving(1, "window", 3, {"options": [3]})]
    assert {saved.verdict for saved in save_answers(attempt, savings, by=SYSTEM, now=NOON)} == {SaveVerdict.SAVED}
    assert (current(attempt, 1), current(attempt, 2)) == ({"options": [3]}, {"options": [2]})


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        ({"actions": ["REMOVE", "STRIKE"], "primary_label": "PRO-03", "severity": "S3", "escalate_to": "RISK"}, None),
        ({"primary_label": "OUT-00"}, None),
        ({}, None),
        ({"actions": ["DANCE"]}, ResponseFault.SHAPE),
        ({"primary_label": "ZZZ-99"}, ResponseFault.UNKNOWN_OPTION),
        ({"options": [1]}, ResponseFault.SHAPE),
    ],
)
def test_an_answer_to_a_case_is_read_by_its_own_words(response: dict[str, Any], fault: ResponseFault | None) -> None:
    for _ in range(4):
        case_item()
    attempt = AttemptFactory(exam=ExamFactory())
    assert save(attempt, response=response).fault is fault
