import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from tests.exams.factories import AttemptFactory, ExamFactory
from tests.exams.views.sittings import PROGRAM, WINDOW, Candidate
from tests.statements import counted
from training import clock
from training.accounts import queries as accounts
from training.audit.models import AuditEntry
from training.db import db
from training.exams import queries
from training.exams.models import AnswerEvent, Attempt

MakeCandidate = Callable[..., Candidate]
SECOND = timedelta(seconds=1)


@pytest.fixture
def sitting(candidate: MakeCandidate) -> tuple[Candidate, Attempt]:
    someone = candidate()
    return someone, someone.start(ExamFactory())


def answers(attempt: Attempt) -> dict[int, Any]:
    db.session.expire_all()
    return {position: answer.response for position, answer in queries.answers_of(attempt.id).items()}


def event_count() -> int:
    return db.session.scalar(select(func.count()).select_from(AnswerEvent)) or 0


def test_a_saved_answer_says_when_and_until_when(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    response = someone.save(attempt, 1, {"options": [2]}, is_flagged=True)
    assert response.status_code == 200
    assert response.json["verdict"] == "saved"
    assert response.json["saved_at"].endswith("Z")
    assert response.json["deadline_at"].startswith(f"{attempt.deadline_at:%Y-%m-%dT%H:%M:%S}")
    assert answers(attempt) == {1: {"options": [2]}}


def test_the_same_answer_again_gets_the_same_answer(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    for _ in range(3):
        assert someone.save(attempt, 1, {"options": [2]}).json["verdict"] == "saved"
    assert event_count() == 1


def test_an_older_number_is_kept_but_does_not_override(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    someone.save(attempt, 1, {"options": [2]}, sequence=9)
    response = someone.save(attempt, 1, {"options": [1]}, sequence=8)
    assert (response.status_code, response.json["verdict"]) == (200, "stale")
    assert answers(attempt) == {1: {"options": [2]}}


def test_another_window_is_told_and_takes_over_when_asked(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    assert someone.post(attempt, "writer", {"client_id": WINDOW}).json["is_writing"]
    refused = someone.save(attempt, 1, {"options": [2]}, client_id="window-two")
    assert (refused.status_code, refused.json["verdict"]) == (409, "other_writer")
    assert someone.post(attempt, "writer", {"client_id": "window-two"}).status_code == 409
    assert someone.post(attempt, "writer", {"client_id": "window-two", "takes_over": True}).status_code == 200
    assert someone.save(attempt, 1, {"options": [2]}, sequence=2, client_id="window-two").status_code == 200
    assert someone.save(attempt, 1, {"options": [3]}, sequence=2).status_code == 409
    assert answers(attempt) == {1: {"options": [2]}}


def test_a_late_answer_is_kept_reported_and_not_counted(candidate: MakeCandidate) -> None:
    person = PersonFactory()
    attempt = AttemptFactory(person=person)
    with time_machine.travel(attempt.deadline_at + 11 * SECOND, tick=False):
        response = candidate(person).save(attempt, 1, {"options": [1]})
    assert (response.status_code, response.json["verdict"]) == (409, "late")
    assert "kept as evidence" in response.json["message"]
    assert event_count() == 1
    assert answers(attempt) == {}


def test_an_answer_after_submission_is_kept_reported_and_not_counted(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    assert someone.post(attempt, "submission", {"client_id": WINDOW}).json["state"] == "submitted"
    response = someone.save(attempt, 1, {"options": [1]})
    assert (response.status_code, response.json["verdict"]) == (409, "closed")
    assert event_count() == 1


@pytest.mark.parametrize(
    ("position", "response", "words"),
    [
        (1, {"options": [9]}, "does not offer"),
        (1, {"options": [1, 2]}, "takes one option"),
        (1, {"actions": ["REMOVE"]}, "not an answer to this question"),
        (9, {"options": [1]}, "no such question"),
        (2**31 - 1, {}, "no such question"),
    ],
)
def test_an_answer_that_fits_no_question_is_kept_and_refused(sitting: tuple[Candidate, Attempt], position: int, response: Any, words: str) -> None:
    someone, attempt = sitting
    refused = someone.save(attempt, position, response)
    assert refused.status_code == 422
    assert words in refused.json["message"]
    assert event_count() == 1


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("{", "JSON"),
        ("", "JSON"),
        ("[]", "body"),
        ({"client_id": WINDOW, "sequence": 1}, "response"),
        ({"client_id": "short", "sequence": 1, "response": {}}, "client_id"),
        ({"client_id": "bad window id!", "sequence": 1, "response": {}}, "client_id"),
        ({"client_id": WINDOW, "sequence": 0, "response": {}}, "sequence"),
        ({"client_id": WINDOW, "sequence": 2**53, "response": {}}, "sequence"),
        ({"client_id": WINDOW, "sequence": "1", "response": {}}, "sequence"),
        ({"client_id": WINDOW, "sequence": 1, "response": "a"}, "response"),
        ({"client_id": WINDOW, "sequence": 1, "response": {"options": ["\0"]}}, "response"),
        ({"client_id": WINDOW, "sequence": 1, "response": {}, "now": "2999"}, "now"),
        ('{"client_id": "' + WINDOW + '", "sequence": 1, "response": {"options": [NaN]}}', "response"),
        ('{"client_id": "' + WINDOW + '", "sequence": 1, "response": {"options": ["\\ud800"]}}', "JSON"),
        ('{"client_id": "' + WINDOW + '", "sequence": 1, "response": ' + '{"a":' * 5000 + "1" + "}" * 5000 + "}", "JSON"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_and_changes_nothing(sitting: tuple[Candidate, Attempt], body: Any, where: str) -> None:
    someone, attempt = sitting
    sent = body if isinstance(body, str) else json.dumps(body)
    response = someone.browser.put(f"/exams/attempts/{attempt.public_id}/answers/1", data=sent, headers=PROGRAM)
    assert response.status_code == 422
    assert where in response.json["message"]
    assert event_count() == 0
    assert [(kept["fault"], kept["bytes"]) for kept in refusals()] == [("answer_unreadable", len(sent.encode()))]


def refusals() -> list[dict[str, Any]]:
    """What the audit knows of things that were sent as answers and are none."""
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "attempt.answer_refused").order_by(AuditEntry.id))
    return [json.loads(entry.detail_json) | {"attempt": entry.subject_id} for entry in entries]


def test_more_than_64_kilobytes_is_too_large_and_leaves_its_size_and_hash(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    body = json.dumps({"client_id": WINDOW, "sequence": 1, "response": {"options": [1], "more": "x" * 64_000}})
    response = someone.browser.put(f"/exams/attempts/{attempt.public_id}/answers/1", data=body, headers=PROGRAM)
    assert response.status_code == 413, response.text
    assert "64 KB" in response.json["message"]
    batch = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": "x" * 64_001}, headers=PROGRAM)
    assert batch.status_code == 413
    assert event_count() == 0
    kept, kept_batch = refusals()
    expected = {"fault": "answer_too_large", "bytes": len(body), "sha256": hashlib.sha256(body.encode()).hexdigest(), "position": 1}
    assert kept == expected | {"attempt": attempt.public_id}
    assert (kept_batch["fault"], kept_batch["position"]) == ("answer_too_large", None)


def test_more_than_a_megabyte_is_not_read_at_all_and_still_leaves_its_size(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    response = someone.browser.put(f"/exams/attempts/{attempt.public_id}/answers/1", data=b"x" * 1_000_001, headers=PROGRAM)
    assert response.status_code == 413
    assert [(kept["bytes"], kept["sha256"]) for kept in refusals()] == [(1_000_001, None)]


def test_an_answer_from_a_clock_in_the_future_is_kept_and_does_not_make_later_ones_old(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    ahead = int((clock.now() + timedelta(days=2)).timestamp() * 1000)
    refused = someone.save(attempt, 1, {"options": [2]}, sequence=ahead)
    assert (refused.status_code, refused.json["verdict"], refused.json["fault"]) == (422, "unreadable", "response_clock_ahead")
    assert "clock of this device" in refused.json["message"]
    assert event_count() == 1
    assert someone.save(attempt, 1, {"options": [3]}, sequence=5).json["verdict"] == "saved"
    assert answers(attempt) == {1: {"options": [3]}}


def test_a_position_beyond_every_number_is_not_found(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    assert someone.save(attempt, 2**70, {}).status_code in {404, 422}


def entry(position: int, sequence: int, *options: int) -> dict[str, Any]:
    return {"client_id": WINDOW, "sequence": sequence, "position": position, "response": {"options": list(options)}, "is_flagged": False}


def test_a_closing_page_sends_several_answers_with_the_token_in_the_body(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    batch = json.dumps([entry(1, 1, 2), entry(2, 2, 3), entry(1, 3, 4), entry(9, 4, 1)])
    response = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": batch})
    assert [result["verdict"] for result in response.json["results"]] == ["saved", "saved", "saved", "unreadable"]
    assert answers(attempt) == {1: {"options": [4]}, 2: {"options": [3]}}


@pytest.mark.parametrize("batch", ["", "[]", "{}", json.dumps([entry(1, 1, 2)] * 301), json.dumps([{**entry(1, 1), "position": 2**40}])])
def test_a_batch_that_cannot_be_read_is_refused(sitting: tuple[Candidate, Attempt], batch: str) -> None:
    someone, attempt = sitting
    response = someone.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": batch}, headers=PROGRAM)
    assert response.status_code == 422
    assert event_count() == 0


def test_another_persons_attempt_does_not_exist(sitting: tuple[Candidate, Attempt], candidate: MakeCandidate) -> None:
    _, attempt = sitting
    stranger = candidate()
    assert stranger.save(attempt, 1, {"options": [1]}).status_code == 404
    assert stranger.post(attempt, "writer", {"client_id": WINDOW}).status_code == 404
    assert stranger.post(attempt, "submission", {"client_id": WINDOW}).status_code == 404
    batch = stranger.browser.post(f"/exams/attempts/{attempt.public_id}/answers", data={"answers": json.dumps([entry(1, 1, 1)])})
    assert batch.status_code == 404
    assert event_count() == 0
    assert [(kept["fault"], kept["attempt"]) for kept in refusals()] == [("answer_for_another_attempt", attempt.public_id)] * 4


def test_the_audit_keeps_only_so_much_of_what_one_person_sends_for_anothers_attempt(
    sitting: tuple[Candidate, Attempt], candidate: MakeCandidate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.exams.services.evidence.MOST_FOREIGN", 2)
    _, attempt = sitting
    first, second = candidate(), candidate()
    assert [first.save(attempt, 1, {"options": [1]}, number).status_code for number in range(1, 5)] == [404] * 4
    assert len(refusals()) == 2
    assert second.save(attempt, 1, {"options": [1]}).status_code == 404
    assert len(refusals()) == 3


def test_an_attempt_that_never_was_leaves_nothing(sitting: tuple[Candidate, Attempt]) -> None:
    someone, _ = sitting
    response = someone.browser.put(
        "/exams/attempts/never-was/answers/1", data=json.dumps({"client_id": WINDOW, "sequence": 1, "response": {}}), headers=PROGRAM
    )
    assert response.status_code == 404
    assert refusals() == []


@pytest.mark.parametrize("body", ["{", json.dumps({"client_id": WINDOW, "sequence": 1, "response": {"options": [1]}})])
def test_an_answer_under_a_sign_in_that_is_over_leads_to_the_door(sitting: tuple[Candidate, Attempt], body: str) -> None:
    someone, attempt = sitting
    for session in accounts.open_sessions_of(someone.person.id, now=clock.now()):
        session.ended_at = clock.now()
    db.session.commit()
    response = someone.browser.put(f"/exams/attempts/{attempt.public_id}/answers/1", data=body, headers=PROGRAM)
    assert (response.status_code, response.headers["Location"]) == (302, "/sign-in")
    assert event_count() == 0


def test_submitting_from_a_window_that_does_not_write_is_refused(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    someone.save(attempt, 1, {"options": [1]})
    response = someone.post(attempt, "submission", {"client_id": "window-two"})
    assert response.status_code == 409
    assert "open in another window" in response.json["message"]
    assert someone.attempt().state == "open"


def test_submitting_twice_gives_the_same_answer(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    first = someone.post(attempt, "submission", {"client_id": WINDOW})
    second = someone.post(attempt, "submission", {"client_id": WINDOW})
    assert first.json == second.json
    assert first.json["result"].endswith("/result")


@pytest.mark.parametrize("path", ["writer", "submission"])
def test_a_claim_or_submission_that_cannot_be_read_is_refused(sitting: tuple[Candidate, Attempt], path: str) -> None:
    someone, attempt = sitting
    assert someone.post(attempt, path, {"client_id": 7}).status_code == 422
    assert someone.attempt().writer_id is None


def test_a_save_costs_a_fixed_number_of_statements(sitting: tuple[Candidate, Attempt]) -> None:
    someone, attempt = sitting
    someone.save(attempt, 1, {"options": [1]})
    address, body = f"/exams/attempts/{attempt.public_id}/answers/1", {"client_id": WINDOW, "sequence": 2, "response": {"options": [2]}}
    with counted() as asked:
        assert someone.browser.put(address, data=json.dumps(body), headers=PROGRAM).status_code == 200
    assert len(asked) <= (4 if db.engine.dialect.name == "sqlite" else 1), asked


@pytest.fixture
def guarded(app: Flask) -> Iterator[None]:
    """Forms and scripts must show their token, as they must outside of tests."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def test_a_save_without_the_pages_token_is_refused_and_with_it_taken(sitting: tuple[Candidate, Attempt], guarded: None) -> None:
    someone, attempt = sitting
    assert someone.save(attempt, 1, {"options": [1]}).status_code == 400
    token = re.search(r'name="csrf_token" value="([^"]+)"', someone.text(attempt, 1))
    assert token is not None
    address = f"/exams/attempts/{attempt.public_id}/answers"
    body = json.dumps({"client_id": WINDOW, "sequence": 1, "response": {"options": [1]}})
    assert someone.browser.put(f"{address}/1", data=body, headers={**PROGRAM, "X-CSRFToken": token[1]}).status_code == 200
    batch = json.dumps([entry(2, 2, 3)])
    assert someone.browser.post(address, data={"answers": batch}).status_code == 400
    assert someone.browser.post(address, data={"answers": batch, "csrf_token": token[1]}).status_code == 200
    assert answers(attempt) == {1: {"options": [1]}, 2: {"options": [3]}}
