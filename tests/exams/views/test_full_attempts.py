"""What no browser can do: make an attempt keep things without end. Whatever way it tries, what was saved before stands."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select, update

from tests.accounts.factories import PersonFactory
from tests.conftest import Browser
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.exams.views.sittings import PROGRAM, WINDOW, Candidate
from training.audit.models import AuditEntry
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt, AttemptSignal, TimeEvent
from training.exams.rules.saving import MOST_KEPT, MOST_KEPT_BYTES

MakeCandidate = Callable[..., Candidate]
SECOND = timedelta(seconds=1)
DURING, AFTER = 60 * SECOND, 3 * timedelta(hours=1)


@pytest.fixture
def nearly_full(candidate: MakeCandidate) -> Iterator[tuple[Candidate, Attempt]]:
    """One answer is saved, and there is room for one thing more."""
    person = PersonFactory(accommodations={"time_multiplier": 1.0, "extra_break_seconds": 600})
    attempt = AttemptFactory(person=person, exam=ExamFactory())
    with time_machine.travel(attempt.started_at + DURING, tick=False):
        someone = candidate(person)
        assert someone.save(attempt, 1, {"options": [2]}, sequence=1).status_code == 200
        fill(attempt, kept_count=MOST_KEPT - 1)
        yield someone, attempt


def fill(attempt: Attempt, **columns: int) -> None:
    db.session.execute(update(Attempt).where(Attempt.id == attempt.id).values(**columns))
    db.session.commit()


def stored(attempt: Attempt) -> tuple[int, dict[int, Any]]:
    """How many events there are, and what counts."""
    db.session.expire_all()
    count = db.session.scalar(select(func.count()).select_from(AnswerEvent).where(AnswerEvent.attempt_id == attempt.id)) or 0
    return count, {position: answer.response for position, answer in queries.answers_of(attempt.id).items()}


def told(deed: str = "attempt.full") -> int:
    return db.session.scalar(select(func.count()).select_from(AuditEntry).where(AuditEntry.deed == deed)) or 0


def test_what_finds_no_room_is_refused_clearly_and_told_once(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    assert someone.save(attempt, 2, {"options": [3]}, sequence=2).status_code == 200
    before = stored(attempt)
    for sequence in range(3, 9):
        response = someone.save(attempt, 2, {"options": [1]}, sequence=sequence)
        assert (response.status_code, response.json["verdict"]) == (409, "full")
        assert "What was saved before stands" in response.json["message"]
    assert stored(attempt) == before == (2, {1: {"options": [2]}, 2: {"options": [3]}})
    assert told() == 1
    again = someone.save(attempt, 2, {"options": [3]}, sequence=2)
    assert (again.status_code, again.json["verdict"]) == (200, "saved")


def test_few_large_answers_fill_it_as_well(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    fill(attempt, kept_count=1, kept_bytes=MOST_KEPT_BYTES - 1_000)
    assert someone.save(attempt, 2, {"options": [1], "more": "x" * 2_000}, sequence=2).json["verdict"] == "full"
    assert someone.save(attempt, 2, {"options": [1]}, sequence=3).json["verdict"] == "full", "once full, it stays full"
    assert (stored(attempt)[0], told()) == (1, 1)


def test_a_batch_finds_as_much_room_as_there_is(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    answers = [{"client_id": WINDOW, "position": 2, "sequence": 10 + number, "response": {"options": [1]}} for number in range(5)]
    sent = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": json.dumps(answers)}, headers=PROGRAM)
    assert (sent.status_code, [result["verdict"] for result in sent.json["results"]]) == (200, ["saved", *["full"] * 4])
    later = [answer | {"sequence": answer["sequence"] + 100} for answer in answers]
    sent = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": json.dumps(later)}, headers=PROGRAM)
    assert sent.status_code == 409
    assert (stored(attempt)[0], told()) == (2, 1)


def test_what_comes_late_or_after_submission_or_from_elsewhere_needs_room_too(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    assert someone.save(attempt, 2, {"options": [1]}, client_id="another-window").json["verdict"] == "other_writer"
    assert someone.save(attempt, 2, {"options": [1]}, client_id="another-window", sequence=2).json["verdict"] == "full"
    someone.post(attempt, "submission", {"client_id": WINDOW})
    assert someone.save(attempt, 2, {"options": [1]}, sequence=3).json["verdict"] == "full"
    with time_machine.travel(attempt.deadline_at + AFTER, tick=False):
        response = someone.save(attempt, 2, {"options": [1]}, sequence=4)
        assert response.status_code in {401, 409}
    assert (stored(attempt)[0], told(), told("attempt.answer_not_counted")) == (2, 1, 1)


def test_a_journal_that_arrives_late_is_kept_up_to_the_same_limit(nearly_full: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    _, attempt = nearly_full
    with time_machine.travel(attempt.deadline_at + 11 * SECOND, tick=False):
        late = candidate(db.session.merge(nearly_full[0].person))
        assert [late.save(attempt, 2, {"options": [1]}, sequence=number).json["verdict"] for number in (5, 6, 7)] == ["late", "full", "full"]
    assert (stored(attempt)[0], told(), told("attempt.answer_not_counted")) == (2, 1, 1)


def test_things_that_are_no_answer_leave_evidence_as_long_as_there_is_room(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    for _ in range(4):
        assert someone.browser.put(f"/exams/attempts/{attempt.public_id}/answers/1", data="{", headers=PROGRAM).status_code == 422
    assert (told("attempt.answer_refused"), told()) == (1, 1)


def test_windows_that_take_over_from_each_other_without_end_are_refused_at_last(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    claims = [someone.post(attempt, "writer", {"client_id": f"window-{number}-x", "takes_over": True}) for number in range(4)]
    assert [claim.status_code for claim in claims] == [200, 409, 409, 409]
    assert db.session.scalar(select(func.count()).select_from(AttemptSignal)) == 1
    assert (told("attempt.taken_over"), told()) == (1, 1)


def test_breaks_without_end_are_refused_at_last(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    page = f"/exams/attempts/{attempt.public_id}/break"
    assert [someone.browser.post(page, data={"go": go}).status_code for go in ("start", "end", "start", "start")] == [302, 302, 409, 409]
    assert db.session.scalar(select(func.count()).select_from(TimeEvent)) == 2


def test_without_a_script_the_page_says_so_and_keeps_what_is_typed(nearly_full: tuple[Candidate, Attempt]) -> None:
    someone, attempt = nearly_full
    fill(attempt, kept_count=MOST_KEPT, writer_id=None)  # type: ignore[arg-type]
    page = someone.browser.post(f"/exams/attempts/{attempt.public_id}/2", data={"options": "3"})
    assert page.status_code == 409
    assert "What was saved before stands" in page.get_data(as_text=True)
    someone.post(attempt, "submission", {"client_id": WINDOW})
    over = someone.browser.post(f"/exams/attempts/{attempt.public_id}/2", data={"options": "3"})
    assert (over.status_code, over.headers["Location"].endswith("/result")) == (302, True)


def test_a_supervisor_sees_that_it_is_full(nearly_full: tuple[Candidate, Attempt], as_role: Callable[..., Browser]) -> None:
    someone, attempt = nearly_full
    for sequence in (2, 3):
        someone.save(attempt, 2, {"options": [1]}, sequence=sequence)
    trainer = as_role("trainer")
    assert "keeps as much as any attempt may" in trainer.get(f"/exams/desk/running/{attempt.public_id}").get_data(as_text=True)
    assert "nothing more was kept from here on" in trainer.get(f"/exams/desk/attempts/{attempt.public_id}").get_data(as_text=True)
