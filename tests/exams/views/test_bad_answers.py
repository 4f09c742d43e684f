"""Everything bad that can be sent as an answer, by each way that answers come: refused clearly, kept as evidence, and nothing that was saved is lost."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.exams.factories import ExamFactory, ItemFactory
from tests.exams.views.sittings import PROGRAM, WINDOW, Candidate
from training import clock
from training.audit.models import AuditEntry
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt

MakeCandidate = Callable[..., Candidate]
Send = Callable[..., Any]
FIRST = {"options": [1]}


def by_put(someone: Candidate, attempt: Attempt, position: int = 1, response: Any = FIRST, sequence: int = 2) -> Any:
    return someone.save(attempt, position, response, sequence)


def by_beacon(someone: Candidate, attempt: Attempt, position: int = 1, response: Any = FIRST, sequence: int = 2) -> Any:
    entries = [{"client_id": WINDOW, "sequence": sequence, "position": position, "response": response}]
    return someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": json.dumps(entries)})


def by_form(someone: Candidate, attempt: Attempt, position: int = 1, response: Any = FIRST, sequence: int = 2) -> Any:
    del sequence  # The server numbers what plain forms send.
    fields = {name: [str(value) for value in values] if isinstance(values, list) else values for name, values in response.items()}
    return someone.browser.post(f"/exams/attempts/{attempt.public_id}/{position}", data=fields)


WAYS = pytest.mark.parametrize("send", [by_put, by_beacon, by_form])
BY_SCRIPT = pytest.mark.parametrize("send", [by_put, by_beacon])


@pytest.fixture
def sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    """Somebody who has chosen the second option of the first question."""
    ItemFactory.create_batch(4)
    someone = candidate()
    attempt = someone.start(ExamFactory())
    assert by_form(someone, attempt, response={"options": [2]}).status_code == 302
    return someone, attempt


def as_scripts_write(sitting: tuple[Candidate, Attempt], send: Send) -> None:
    """Let the script's window be the one that writes, where a script sends."""
    someone, attempt = sitting
    if send is not by_form:
        someone.post(attempt, "writer", {"client_id": WINDOW, "takes_over": True})


def verdicts() -> list[str]:
    """What became of everything that was kept, but for the answer that was saved first."""
    db.session.expire_all()
    return list(db.session.scalars(select(AnswerEvent.verdict).order_by(AnswerEvent.id)))[1:]


def refusals() -> list[str]:
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.answer_refused").order_by(AuditEntry.id))
    return [str(entry.detail["fault"]) for entry in entries]


def is_unharmed(attempt: Attempt) -> None:
    """What was saved before stands."""
    db.session.expire_all()
    assert {position: answer.response for position, answer in queries.answers_of(attempt.id).items()} == {1: {"options": [2]}}


@WAYS
def test_an_answer_to_an_item_that_is_not_on_the_form(sitting: tuple[Candidate, Attempt], send: Send) -> None:
    as_scripts_write(sitting, send)
    refused = send(*sitting, position=9)
    assert refused.status_code == (404 if send is by_form else 422)
    assert "no such question" in refused.text
    assert verdicts() == ["unreadable"]
    is_unharmed(sitting[1])


@WAYS
def test_an_answer_with_an_unknown_option(sitting: tuple[Candidate, Attempt], send: Send) -> None:
    as_scripts_write(sitting, send)
    refused = send(*sitting, response={"options": [9]})
    assert refused.status_code == 422
    assert "does not offer" in refused.text
    assert verdicts() == ["unreadable"]
    is_unharmed(sitting[1])


@WAYS
def test_an_answer_for_anothers_attempt(sitting: tuple[Candidate, Attempt], candidate: MakeCandidate, send: Send) -> None:
    attempt = sitting[1]
    assert send(candidate(), attempt).status_code == 404
    assert (verdicts(), refusals()) == ([], ["answer_for_another_attempt"])
    is_unharmed(attempt)


@WAYS
@pytest.mark.parametrize("length", [64_001, 300_000])
def test_an_answer_over_64_kilobytes(sitting: tuple[Candidate, Attempt], send: Send, length: int) -> None:
    refused = send(*sitting, response={"text": "x" * length})
    assert refused.status_code == 413
    assert "64 KB at most" in refused.text
    assert (verdicts(), refusals()) == ([], ["answer_too_large"])
    is_unharmed(sitting[1])


@BY_SCRIPT
def test_an_answer_from_a_clock_in_the_future(sitting: tuple[Candidate, Attempt], send: Send) -> None:
    as_scripts_write(sitting, send)
    refused = send(*sitting, sequence=int((clock.now() + timedelta(days=2)).timestamp() * 1000))
    assert refused.status_code == 422
    assert "clock of this device" in refused.text
    assert verdicts() == ["unreadable"]
    is_unharmed(sitting[1])
    assert send(*sitting, response={"options": [3]}, sequence=5).status_code == 200, "what comes by a right clock is not old"


@BY_SCRIPT
def test_an_answer_of_a_script_after_the_submission(sitting: tuple[Candidate, Attempt], send: Send) -> None:
    someone, attempt = sitting
    someone.browser.post(f"/exams/attempts/{attempt.public_id}/submit")
    refused = send(*sitting)
    assert refused.status_code == 409
    assert "kept as evidence" in refused.text
    assert verdicts() == ["closed"]
    is_unharmed(attempt)


def test_an_answer_of_a_plain_form_after_the_submission_leads_to_the_result_which_says_so(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    someone.browser.post(f"/exams/attempts/{attempt.public_id}/submit")
    refused = by_form(*sitting)
    assert (refused.status_code, refused.location) == (302, f"/exams/attempts/{attempt.public_id}/result")
    assert "You have submitted this exam. This answer is kept as evidence and does not count." in someone.text(attempt, "result")
    assert verdicts() == ["closed"]
    is_unharmed(attempt)


def test_a_batch_of_which_something_counts_says_of_each_what_became_of_it(sitting: tuple[Candidate, Attempt]) -> None:
    as_scripts_write(sitting, by_beacon)
    someone, attempt = sitting
    entries = [{"client_id": WINDOW, "sequence": number, "position": position, "response": FIRST} for number, position in enumerate((9, 2), start=2)]
    answer = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": json.dumps(entries)}, headers=PROGRAM)
    assert (answer.status_code, [result["verdict"] for result in answer.json["results"]]) == (200, ["unreadable", "saved"])
