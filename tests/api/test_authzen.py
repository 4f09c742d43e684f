"""The gate as review tools ask it."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from tests.statements import counted

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
Ask = Callable[..., Any]


@pytest.fixture
def ask(browser: Browser) -> Ask:
    """Posts a body as a program with a good token."""
    ApiClientFactory(token="good")

    def post(body: Any, path: str = "/access/v1/evaluation", **headers: str) -> Any:
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        with time_machine.travel(NOW, tick=False):
            return browser.post(path, data=sent, headers={"Authorization": "Bearer good", "Content-Type": "application/json", **headers})

    post.browser = browser  # type: ignore[attr-defined]
    return post


def question(subject: str, queue: str, action: str = "work", **more: Any) -> dict[str, Any]:
    return {"subject": {"type": "moderator", "id": subject}, "action": {"name": action}, "resource": {"type": "queue", "id": queue}, **more}


def codes(answer: Any) -> list[str]:
    return [reason["code"] for reason in answer["context"]["reasons"]]


def test_the_answer_turns_from_no_because_to_yes_until(ask: Ask) -> None:
    certification = CertificationFactory()
    person, queue = PersonFactory(email="sri@example.org"), QueueFactory(requires={"all_of": [certification.slug]})
    before = ask(question("sri@example.org", queue.slug))
    assert (before.status_code, before.json["decision"], codes(before.json)) == (200, False, ["NO_CERTIFICATION"])
    (reason,) = before.json["context"]["reasons"]
    assert (reason["subject"], reason["page"]) == (certification.slug, f"http://127.0.0.1:5000/certificates/{certification.slug}")
    award(person.id, certification, now=NOW - timedelta(days=1))
    after = ask(question(person.public_id, queue.slug))
    assert (after.json["decision"], codes(after.json)) == (True, ["OK"])
    assert after.json["context"]["valid_until"] == after.json["context"]["next_change_at"] == "2026-08-27T09:00:00Z"


def test_a_past_instant_is_answered_as_it_was_and_a_future_one_as_it_will_be(ask: Ask) -> None:
    certification = CertificationFactory()
    person, queue = PersonFactory(), QueueFactory(requires={"all_of": [certification.slug]})
    award(person.id, certification, now=NOW - timedelta(days=1))
    at = [question(person.public_id, queue.slug, context={"at": instant}) for instant in ("2026-02-01T00:00:00Z", "2026-11-11T09:00:00+07:00")]
    assert [codes(ask(body).json) for body in at] == [["NO_CERTIFICATION"], ["CERTIFICATE_LAPSED"]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (question("nobody@example.org", "open"), "UNKNOWN_SUBJECT"),
        (question("sri@example.org", "no-such-queue"), "UNKNOWN_QUEUE"),
        (question("sri@example.org", "open", action="manage"), "UNKNOWN_ACTION"),
        ({**question("sri@example.org", "open"), "subject": {"type": "user", "id": "sri@example.org"}}, "UNKNOWN_SUBJECT"),
        ({**question("sri@example.org", "open"), "resource": {"type": "shelf", "id": "open"}}, "UNKNOWN_QUEUE"),
    ],
)
def test_what_is_unknown_is_answered_with_a_denial_and_its_reason(ask: Ask, body: dict[str, Any], code: str) -> None:
    PersonFactory(email="sri@example.org")
    QueueFactory(id="open")
    answer = ask(body)
    assert (answer.status_code, answer.json["decision"], codes(answer.json)) == (200, False, [code])


def test_unknown_fields_are_ignored(ask: Ask) -> None:
    person, queue = PersonFactory(), QueueFactory()
    body = question(person.public_id, queue.slug, nonsense={"deep": [1]}, context={"ip": "192.0.2.7"})
    body["subject"]["properties"] = {"department": "Trust"}
    assert ask(body).json["decision"] is True


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b'{"subject": {"type": "moderator"}}', "subject.id"),
        (json.dumps(question("", "open")).encode(), "subject.id"),
        (json.dumps(question("a\u0000b", "open")).encode(), "control characters"),
        (json.dumps(question("x" * 300, "open")).encode(), "254"),
        (json.dumps({**question("a", "open"), "action": "work"}).encode(), "action"),
        (json.dumps(question("a", "open", context={"at": "2026-01-01T00:00:00"})).encode(), "timezone"),
        (json.dumps(question("a", "open", context={"at": "yesterday"})).encode(), "context.at"),
        (json.dumps(question("a", "open", context={"at": "9999-12-31T23:59:59-12:00"})).encode(), "context.at"),
        (json.dumps(question("a", "open", context={"known_at": "0001-01-01T00:00:00+12:00"})).encode(), "context.known_at"),
        (b'{"subject": ' + b"[" * 100_000, "body"),
        (b'{"a": "\\ud800"}', "body"),
        (b"\xff\xfe", "body"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_400_that_says_where(ask: Ask, sent: bytes, said: str) -> None:
    answer = ask(sent)
    assert answer.status_code == 400
    assert said in answer.json["message"]


def test_a_body_over_a_megabyte_is_refused(ask: Ask) -> None:
    answer = ask(b'{"padding": "' + b"x" * 1_100_000 + b'"}')
    assert (answer.status_code, answer.json["message"]) == (413, "The data value transmitted exceeds the capacity limit.")


@pytest.mark.parametrize(
    ("authorization", "status"),
    [("", 401), ("Basic good", 401), ("Bearer ", 401), ("Bearer wrong", 401), ("Bearer expired", 401), ("Bearer revoked", 401), ("Bearer narrow", 403)],
)
def test_a_token_that_does_not_serve_is_refused(ask: Ask, authorization: str, status: int) -> None:
    ApiClientFactory(token="expired", expires_at=NOW)
    ApiClientFactory(token="revoked", revoked_at=NOW - timedelta(days=9))
    ApiClientFactory(token="narrow", scopes=["other:read"])
    answer = ask(question("a", "b"), Authorization=authorization)
    assert answer.status_code == status
    assert answer.json["message"]
    assert ("WWW-Authenticate" in answer.headers) == (status == 401)


@pytest.mark.parametrize("sent", [question("a", "b"), {}])
def test_the_callers_request_id_comes_back_with_answers_and_refusals(ask: Ask, sent: dict[str, Any]) -> None:
    assert ask(sent, **{"X-Request-ID": "bfe9-1"}).headers["X-Request-ID"] == "bfe9-1"


def batch(*resources: str, subject: str, semantic: str | None = None) -> dict[str, Any]:
    whole = question(subject, "unused")
    del whole["resource"]
    options = {"options": {"evaluations_semantic": semantic}} if semantic else {}
    return {**whole, "evaluations": [{"resource": {"type": "queue", "id": slug}} for slug in resources], **options}


@pytest.mark.parametrize(
    ("semantic", "expected"),
    [(None, [True, False, True]), ("execute_all", [True, False, True]), ("deny_on_first_deny", [True, False]), ("permit_on_first_permit", [True])],
)
def test_a_batch_follows_its_semantic(ask: Ask, semantic: str | None, expected: list[bool]) -> None:
    person = PersonFactory()
    QueueFactory(id="open")
    QueueFactory(id="closed", requires={"languages": ["id"]})
    answer = ask(batch("open", "closed", "open", subject=person.public_id, semantic=semantic), "/access/v1/evaluations")
    assert [one["decision"] for one in answer.json["evaluations"]] == expected


def test_one_bad_question_of_a_batch_is_denied_by_itself(ask: Ask) -> None:
    person = PersonFactory()
    QueueFactory(id="open")
    body = batch("open", subject=person.public_id)
    body["evaluations"].append({"resource": {"type": "queue"}})
    good, bad = ask(body, "/access/v1/evaluations").json["evaluations"]
    assert good["decision"] is True
    assert bad == {"decision": False, "context": {"error": {"status": 400, "message": "resource.id: Field required"}}}


def test_a_batch_without_a_list_is_one_question(ask: Ask) -> None:
    person, queue = PersonFactory(), QueueFactory()
    assert ask(question(person.public_id, queue.slug), "/access/v1/evaluations").json["decision"] is True


@pytest.mark.parametrize("body", [{"evaluations": [{}] * 10_000}, {"evaluations": [], "options": {"evaluations_semantic": "some"}}, {"evaluations": 1}])
def test_a_batch_that_cannot_be_read_is_a_400(ask: Ask, body: dict[str, Any]) -> None:
    assert ask(body, "/access/v1/evaluations").status_code == 400


@pytest.mark.parametrize("size", [1, 40])
def test_a_question_costs_two_statements_whatever_the_batch(ask: Ask, size: int) -> None:
    people, slugs = [PersonFactory().public_id for _ in range(5)], [QueueFactory().slug for _ in range(8)]
    pairs = [question(people[number % 5], slugs[number % 8]) for number in range(size)]
    with counted() as statements:
        assert ask({"evaluations": pairs}, "/access/v1/evaluations").status_code == 200
    assert len(statements) == 2, statements


def test_an_instant_can_be_asked_about_as_known_at_another(ask: Ask) -> None:
    certification = CertificationFactory()
    person, queue = PersonFactory(), QueueFactory(requires={"all_of": [certification.slug]})
    award(person.id, certification, now=NOW - timedelta(days=1))
    at, before = (NOW - timedelta(hours=1)).isoformat(), (NOW - timedelta(days=2)).isoformat()
    known = [ask(question(person.public_id, queue.slug, context={"at": at, **more})) for more in ({}, {"known_at": before}, {"known_at": NOW.isoformat()})]
    assert [codes(answer.json) for answer in known] == [["OK"], ["NO_CERTIFICATION"], ["OK"]]
    many = ask({"evaluations": [question(person.public_id, queue.slug, context={"at": at, "known_at": before})]}, "/access/v1/evaluations")
    assert codes(many.json["evaluations"][0]) == ["NO_CERTIFICATION"]
    address = f"/api/v1/queues/{queue.slug}/access/{person.public_id}"
    headers = {"Authorization": "Bearer good"}
    with time_machine.travel(NOW, tick=False):
        by_curl = ask.browser.get(address, query_string={"at": at, "known_at": before}, headers=headers)
    assert codes(by_curl.json) == ["NO_CERTIFICATION"]
