from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cases.factories import CaseFactory
from tests.exams.factories import NOON, AttemptFactory, ExamFactory, ItemFactory, case_item, right_response, wrong_response
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, Item, ScoreRun
from training.exams.rules.grading import Mark, ShortfallKind
from training.exams.rules.reasons import SittingRefusal
from training.exams.rules.saving import Saving
from training.exams.services import expire_if_due, save_answer, submit_attempt, sweep_expired
from training.judgements import queries as judgements
from training.judgements.rules import Source

pytestmark = pytest.mark.usefixtures("app")

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def answer(attempt: Attempt, *, wrong: int = 0, blank: int = 0) -> None:
    """Answer every place: the last ones blank or wrong as asked."""
    count = len(queries.form_of(attempt))
    for position in range(1, count + 1 - blank):
        is_wrong = position > count - blank - wrong
        response = wrong_response(attempt, position) if is_wrong else right_response(attempt, position)
        save_answer(attempt, Saving(position, "window", position, response), by=SYSTEM, now=NOON + position * SECOND)


def submit(attempt: Attempt, now: Any = NOON + MINUTE) -> Attempt:
    return submit_attempt(attempt, client_id="window", by=SYSTEM, now=now)


def runs(attempt: Attempt) -> list[ScoreRun]:
    return list(db.session.scalars(select(ScoreRun).where(ScoreRun.attempt_id == attempt.id)))


def result(attempt: Attempt) -> Any:
    return queries.result_of(attempt)


def test_submitting_grades_and_awards() -> None:
    attempt = AttemptFactory()
    answer(attempt, wrong=1)
    submit(attempt)
    assert (attempt.state, attempt.finished_at) == ("submitted", NOON + MINUTE)
    assert result(attempt).is_passed
    [certificate] = certification.certificates_of(attempt.person_id, at=NOON + MINUTE)
    assert certificate.standing.is_in_force


def test_submitting_twice_makes_one_run_and_one_award() -> None:
    attempt = AttemptFactory()
    answer(attempt)
    submit(attempt)
    submit(attempt, NOON + 2 * MINUTE)
    assert attempt.finished_at == NOON + MINUTE
    assert len(runs(attempt)) == 1
    assert len(certification.ledger_of(attempt.person_id)) == 1


def test_failing_says_why_and_awards_nothing() -> None:
    attempt = AttemptFactory()
    answer(attempt, wrong=1, blank=1)
    submit(attempt)
    [shortfall] = result(attempt).shortfalls
    assert (shortfall.kind, shortfall.reached, shortfall.needed, shortfall.out_of) == (ShortfallKind.TOTAL, 4, 6, 8)
    assert certification.ledger_of(attempt.person_id) == []
    [run] = runs(attempt)
    assert run.marks == bytes([Mark.RIGHT, Mark.RIGHT, Mark.WRONG, Mark.BLANK])


def test_a_window_that_does_not_write_cannot_submit() -> None:
    attempt = AttemptFactory()
    answer(attempt)
    with pytest.raises(Refusal) as refused:
        submit_attempt(attempt, client_id="phone", by=SYSTEM, now=NOON)
    assert refused.value.reason is SittingRefusal.WRITTEN_ELSEWHERE


def test_submitting_in_the_grace_counts_and_finishes_at_the_deadline() -> None:
    attempt = AttemptFactory()
    answer(attempt)
    submit(attempt, attempt.deadline_at + 10 * SECOND)
    assert (attempt.state, attempt.finished_at) == ("submitted", attempt.deadline_at)


def test_after_the_grace_the_attempt_is_expired_with_what_was_saved() -> None:
    attempt = AttemptFactory()
    answer(attempt)
    submit(attempt, attempt.deadline_at + 11 * SECOND)
    assert (attempt.state, attempt.finished_at) == ("expired", attempt.deadline_at)
    assert result(attempt).is_passed


def test_the_sweep_ends_what_is_due_and_nothing_else() -> None:
    due = AttemptFactory()
    running = AttemptFactory(now=NOON + MINUTE)
    assert sweep_expired(due.deadline_at + 10 * SECOND) == 0
    assert sweep_expired(due.deadline_at + 11 * SECOND) == 1
    db.session.expire_all()
    assert (due.state, due.finished_at, running.state) == ("expired", due.deadline_at, "open")
    assert sweep_expired(due.deadline_at + 12 * SECOND) == 0
    assert len(runs(due)) == 1


def test_looking_at_an_expired_attempt_ends_it_too() -> None:
    attempt = AttemptFactory()
    assert not expire_if_due(attempt, by=SYSTEM, now=attempt.deadline_at)
    assert expire_if_due(attempt, by=SYSTEM, now=attempt.deadline_at + 11 * SECOND)
    assert expire_if_due(attempt, by=SYSTEM, now=attempt.deadline_at + 12 * SECOND)
    assert len(runs(attempt)) == 1


def test_everything_is_told_to_the_audit() -> None:
    attempt = AttemptFactory()
    answer(attempt)
    submit(attempt)
    deeds = set(db.session.scalars(select(AuditEntry.deed)))
    assert {"item.stored", "exam.published", "attempt.started", "attempt.submitted", "attempt.graded", "certificate.awarded"} <= deeds


def exam_of_cases(**case: Any) -> Attempt:
    case_item(CaseFactory(pool="exam", **case))
    ItemFactory.create_batch(3)
    attempt = AttemptFactory(exam=ExamFactory())
    assert isinstance(attempt, Attempt)
    return attempt


def place_of_case(attempt: Attempt) -> int:
    return next(place.position for place in queries.form_of(attempt) if place.version.kind == "case")


def test_an_answered_case_becomes_one_judgement_given_when_it_was_saved() -> None:
    attempt = exam_of_cases()
    answer(attempt)
    submit(attempt)
    submit(attempt)
    [judgement] = judgements.judgements_of(attempt.person_id, source=Source.EXAM)
    assert judgement.is_strict
    assert judgement.attempt_id == attempt.id
    assert judgement.given_at == NOON + place_of_case(attempt) * SECOND


def test_a_case_left_blank_becomes_none() -> None:
    attempt = exam_of_cases()
    submit(attempt)
    assert judgements.judgements_of(attempt.person_id) == []


def test_a_missed_critical_case_fails_a_perfect_rest() -> None:
    attempt = exam_of_cases(severity="S4")
    for position in range(1, 5):
        is_case = position == place_of_case(attempt)
        response = {"actions": ["APPROVE"], "primary_label": "OUT-00"} if is_case else right_response(attempt, position)
        save_answer(attempt, Saving(position, "window", position, response), by=SYSTEM, now=NOON)
    submit(attempt)
    assert ShortfallKind.CRITICAL_MISS in {shortfall.kind for shortfall in result(attempt).shortfalls}
    [run] = runs(attempt)
    assert run.marks[place_of_case(attempt) - 1] == Mark.CRITICAL_MISS


def test_the_score_is_of_the_version_that_was_pinned() -> None:
    """The key changes while the exam runs: the attempt keeps the version it began with."""
    attempt = AttemptFactory()
    first = queries.form_of(attempt)[0].version
    options = [{"id": "a", "text": "Remove it"}, {"id": "b", "text": "Ask", "correct": True}, {"id": "c", "text": "Leave it"}, {"id": "d", "text": "Send on"}]
    ItemFactory(id=db.session.get_one(Item, first.item_id).slug, options=options)
    answer(attempt)
    submit(attempt)
    assert result(attempt).right_count == 4
