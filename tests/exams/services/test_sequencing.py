"""Sequential renewals: answers that are final, an end that the rule decides, and a risk that is spent, never reset."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.accounts.factories import PersonFactory
from tests.exams.factories import NOON, right_response, wrong_response
from tests.exams.renewing import TERM_LEFT, holder, renewing_exam
from training.accounts.models import Person
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.certification import queries as certification
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.models import Attempt, SequentialTry
from training.exams.queries import PublishedExam
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.reasons import SittingRefusal
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.rules.sequential.decision import Verdict
from training.exams.services import confirm_answer, save_answer, start_attempt, submit_attempt, sweep_expired

pytestmark = pytest.mark.usefixtures("app")

WINDOW = "window-of-the-test"
HOUR = timedelta(hours=1)


def start(person: Person, exam: PublishedExam, now: datetime = NOON) -> Attempt:
    attempt = start_attempt(person.id, exam, allow_public=True, by=SYSTEM, now=now)
    db.session.commit()
    return attempt


def renewal(item_count: int = 100, **sequential: Any) -> Attempt:
    """A sequential attempt that was started at noon."""
    exam = renewing_exam(item_count, **sequential)
    return start(holder(), exam)


def answer(attempt: Attempt, position: int, *, is_right: bool, now: datetime = NOON, sequence: int | None = None) -> SaveVerdict:
    response = right_response(attempt, position) if is_right else wrong_response(attempt, position)
    return save_answer(attempt, Saving(position, WINDOW, sequence or position, response), by=SYSTEM, now=now).verdict


def go_through(attempt: Attempt, rights: list[bool], now: datetime = NOON) -> None:
    for position, is_right in enumerate(rights, start=attempt.confirmed_count + 1):
        answer(attempt, position, is_right=is_right, now=now)
        confirm_answer(attempt, position, client_id=WINDOW, by=SYSTEM, now=now)
    db.session.commit()


def fail_a_try(person: Person, exam: PublishedExam, now: datetime = NOON) -> Attempt:
    attempt = start(person, exam, now)
    submit_attempt(attempt, client_id=WINDOW, by=SYSTEM, now=now)
    db.session.commit()
    return attempt


def test_a_renewal_begins_with_one_block_and_spends_a_third_of_the_risk() -> None:
    exam = renewing_exam()
    attempt = start(holder(), exam)
    spent = attempt.sequential_try
    assert attempt.mode == AttemptMode.SEQUENTIAL
    assert queries.form_length(attempt.id) == 10
    assert spent is not None
    assert (spent.number, spent.cap) == (1, 60)
    assert spent.alpha == pytest.approx(0.05 / 3)
    assert attempt.limit_seconds == 15 * 60 * 60 // 12


def test_who_renews_nothing_sits_the_fixed_form() -> None:
    exam = renewing_exam()
    attempt = start(PersonFactory(), exam)
    assert attempt.mode == AttemptMode.FIXED
    assert queries.form_length(attempt.id) == 12
    assert attempt.sequential_try is None


def test_fewer_than_ninety_items_make_it_a_fixed_form() -> None:
    exam = renewing_exam(89)
    assert start(holder(), exam).mode == AttemptMode.FIXED


def test_all_right_passes_at_the_thirtieth_and_renews_by_itself() -> None:
    exam = renewing_exam()
    person = holder()
    attempt = start(person, exam)
    go_through(attempt, [True] * 29)
    assert attempt.state == "open"
    go_through(attempt, [True])
    result = queries.result_of(attempt)
    assert attempt.state == "submitted"
    assert result is not None and result.sequence is not None
    assert (result.is_passed, result.sequence.verdict, result.item_count) == (True, Verdict.PASSED, 30)
    held = certification.certification_by_slug("cert-renewed")
    standing = certification.standing_of(person.id, held.id, at=NOON)
    assert standing.until == NOON + TERM_LEFT + timedelta(days=180)


def test_wrong_answers_stop_it_after_twenty_without_passing() -> None:
    exam = renewing_exam()
    attempt = start(holder(), exam)
    go_through(attempt, [True, False] * 10)
    result = queries.result_of(attempt)
    assert result is not None and result.sequence is not None
    assert (attempt.state, result.is_passed, result.sequence.verdict) == ("submitted", False, Verdict.STOPPED)
    deeds = list(db.session.scalars(select(AuditEntry.deed).where(AuditEntry.subject_id == attempt.public_id)))
    assert deeds.count("attempt.answer_confirmed") == 20
    assert deeds.count("attempt.decided") == 1


def test_a_confirmed_answer_is_final() -> None:
    attempt = renewal()
    go_through(attempt, [False])
    assert answer(attempt, 1, is_right=True, sequence=900) is SaveVerdict.FINAL
    assert answer(attempt, 2, is_right=True, sequence=901) is SaveVerdict.SAVED
    assert queries.answers_of(attempt.id)[1].response == wrong_response(attempt, 1)


def test_confirming_again_changes_nothing_and_nothing_is_confirmed_ahead() -> None:
    attempt = renewal()
    go_through(attempt, [True])
    confirm_answer(attempt, 1, client_id=WINDOW, by=SYSTEM, now=NOON)
    assert attempt.confirmed_count == 1
    with pytest.raises(Refusal) as refused:
        confirm_answer(attempt, 3, client_id=WINDOW, by=SYSTEM, now=NOON)
    assert refused.value.reason is SittingRefusal.NOT_REACHED


def test_another_window_confirms_nothing() -> None:
    attempt = renewal()
    answer(attempt, 1, is_right=True)
    with pytest.raises(Refusal) as refused:
        confirm_answer(attempt, 1, client_id="another-window", by=SYSTEM, now=NOON)
    assert refused.value.reason is SittingRefusal.WRITTEN_ELSEWHERE


def test_a_fixed_form_has_nothing_to_confirm() -> None:
    exam = renewing_exam()
    attempt = start(PersonFactory(), exam)
    with pytest.raises(Refusal) as refused:
        confirm_answer(attempt, 1, client_id=WINDOW, by=SYSTEM, now=NOON)
    assert refused.value.reason is SittingRefusal.NOTHING_TO_CONFIRM


def test_what_is_not_confirmed_when_the_time_ends_does_not_count_and_does_not_pass() -> None:
    attempt = renewal()
    go_through(attempt, [True] * 24)
    answer(attempt, 25, is_right=False)
    db.session.commit()
    assert sweep_expired(attempt.deadline_at + HOUR) == 1
    result = queries.result_of(attempt)
    assert result is not None and result.sequence is not None
    assert (result.item_count, result.right_count, result.is_passed) == (24, 24, False)
    assert result.sequence.verdict is Verdict.GOING_ON


def test_the_risk_is_spent_across_three_tries_and_never_reset() -> None:
    exam = renewing_exam()
    person = holder()
    tries = [fail_a_try(person, exam, NOON + number * HOUR) for number in range(5)]
    assert [attempt.mode for attempt in tries] == ["sequential"] * 3 + ["fixed"] * 2
    numbers = [attempt.sequential_try.number for attempt in tries if attempt.sequential_try]
    assert numbers == [1, 2, 3]
    assert sum(attempt.sequential_try.alpha for attempt in tries if attempt.sequential_try) == pytest.approx(0.05)


def test_the_database_refuses_to_spend_a_try_twice() -> None:
    exam = renewing_exam()
    person = holder()
    first = fail_a_try(person, exam)
    second = start(person, exam, NOON + HOUR)
    spent = first.sequential_try
    assert spent is not None
    with pytest.raises(IntegrityError):
        db.session.execute(
            SequentialTry.__table__.insert().values(
                attempt_id=second.id + 1000, person_id=person.id, certification_slug="cert-renewed", term=spent.term, number=1, alpha=0.01, cap=60
            )
        )
    db.session.rollback()


def test_a_new_term_has_its_own_risk_to_spend() -> None:
    exam = renewing_exam()
    person = holder()
    fail_a_try(person, exam)
    go_through(start(person, exam, NOON + HOUR), [True] * 30, NOON + HOUR)
    later = NOON + TERM_LEFT + timedelta(days=170)
    renewed = start(person, exam, later)
    assert renewed.sequential_try is not None
    assert renewed.sequential_try.number == 1


def test_the_form_that_was_given_is_drawn_again_from_the_record() -> None:
    attempt = renewal()
    go_through(attempt, [True] * 12)
    form = [place.version.id for place in queries.form_of(attempt)]
    assert len(form) == 20
    assert queries.redrawn_form(attempt) == form


def test_the_cap_is_what_the_bank_allows_to_this_person() -> None:
    attempt = renewal(95, cap=207)
    assert attempt.sequential_try is not None
    assert attempt.sequential_try.cap == 90
