"""Audits come in from programs: what is taken, what is not, and what a replay changes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.cases.factories import TaxonomyLabelFactory
from tests.certification.factories import CertificationFactory
from tests.conftest import Browser
from tests.courses.factories import ModuleFactory
from tests.quality.factories import DECIDED, row_of
from tests.queues.factories import QueueFactory
from tests.statements import counted
from training.accounts.models import Person
from training.audit.models import AuditEntry
from training.db import db
from training.quality import queries
from training.quality.models import QualityAudit
from training.queues.queries import PublishedQueue

TOKEN = {"Authorization": "Bearer good"}


@pytest.fixture
def program(browser: Browser) -> Browser:
    ApiClientFactory(token="good", scopes=["quality:write"])
    ApiClientFactory(token="other", scopes=["quality:write"])
    return browser


@pytest.fixture
def person() -> Person:
    return PersonFactory(email="sri@example.org")


@pytest.fixture
def queue() -> PublishedQueue:
    certification = CertificationFactory(id="claims-reviewer")
    return QueueFactory(id="claims", requires={"all_of": [certification.slug]})


def report(program: Browser, *rows: object, token: str = "good") -> Any:
    return program.post("/api/v1/quality/audits", headers={"Authorization": f"Bearer {token}"}, json={"audits": rows}).json


def counts(answer: Any) -> tuple[int, int, int, int]:
    return answer["new"], answer["corrected"], answer["unchanged"], len(answer["faults"])


def test_an_audit_is_taken_with_what_its_queue_asked_for(program: Browser, person: Person, queue: PublishedQueue) -> None:
    TaxonomyLabelFactory(code="CLM-01")
    said = {"expected_labels": ["CLM-01"], "given_labels": ["OUT-00"], "policy_version": "claims@1.2.0", "language": "id", "note": "The claim is absolute."}
    assert counts(report(program, row_of(person, 1, is_right=False, **said))) == (1, 0, 0, 0)
    (found,) = queries.audits_of(person.id)
    assert (found.certifications, found.error, found.decided_at) == (["claims-reviewer"], "false_negative", DECIDED + timedelta(hours=1))
    assert (found.policy_version, found.language, found.note, found.is_technical) == ("claims@1.2.0", "id", "The claim is absolute.", False)


def test_a_replay_changes_nothing_and_another_verdict_corrects(program: Browser, person: Person, queue: PublishedQueue) -> None:
    rows = [row_of(person, number) for number in range(3)]
    audited = select(func.count()).select_from(AuditEntry).where(AuditEntry.deed == "quality.audited")
    assert counts(report(program, *rows)) == (3, 0, 0, 0)
    assert counts(report(program, *rows, rows[0])) == (0, 0, 3, 0)
    assert counts(report(program, rows[0] | {"person": "SRI@example.org", "at": "2026-06-01T19:00:00+07:00"})) == (0, 0, 1, 0)
    assert db.session.scalar(audited) == 1
    wrong = rows[1] | {"given_decision": ["APPROVE"]}
    assert counts(report(program, rows[0], wrong)) == (0, 1, 1, 0)
    assert counts(report(program, wrong)) == (0, 0, 1, 0)
    assert counts(report(program, rows[1])) == (0, 1, 0, 0)
    assert [entry.error for entry in queries.audits_of(person.id)] == [None, None, None]
    assert [entry["error"] for entry in queries.personal_audits(person.id)] == [None, None, "false_negative", None, None]


def test_each_program_has_ids_of_its_own(program: Browser, person: Person, queue: PublishedQueue) -> None:
    assert counts(report(program, row_of(person))) == (1, 0, 0, 0)
    assert counts(report(program, row_of(person), token="other")) == (1, 0, 0, 0)


def test_audits_that_cannot_be_taken_are_listed_and_the_rest_is_taken(program: Browser, person: Person, queue: PublishedQueue) -> None:
    ModuleFactory()
    other = PersonFactory()
    report(program, row_of(person, 50))
    taken = row_of(person, 50)
    bad = [
        (row_of(person, person="nobody@example.org"), "UNKNOWN_PERSON"),
        (row_of(person, queue="no-such-queue"), "UNKNOWN_QUEUE"),
        (row_of(person, expected_labels=["XXX-99"]), "UNKNOWN_LABEL"),
        (row_of(person, clause="XXX-99.a"), "UNKNOWN_CLAUSE"),
        (row_of(person, at="2026-11-22T18:06:00Z"), "IN_THE_FUTURE"),
        (row_of(person, at="9999-12-31T23:59:59-12:00"), "IN_THE_FUTURE"),
        (row_of(person, at="2026-06-01T12:00:00"), "UNREADABLE"),
        (row_of(person, at=1_780_000_000), "UNREADABLE"),
        (row_of(person, at="1999-12-31T00:00:00Z"), "UNREADABLE"),
        (row_of(person, sampling="picked"), "UNREADABLE"),
        (row_of(person, expected_decisions=[]), "UNREADABLE"),
        (row_of(person, expected_decisions=[[]]), "UNREADABLE"),
        (row_of(person, given_decision=["BURN"]), "UNREADABLE"),
        (row_of(person, id=""), "UNREADABLE"),
        (row_of(person, id="a\x00b"), "UNREADABLE"),
        (row_of(person, note="x" * 1_001), "UNREADABLE"),
        (row_of(person, is_right=False, id="qa-good"), "SAID_TWICE"),
        (taken | {"person": other.public_id}, "ID_TAKEN"),
        (taken | {"sampling": "targeted"}, "ID_TAKEN"),
        (taken | {"at": "2026-06-02T12:00:00Z"}, "ID_TAKEN"),
        ({}, "UNREADABLE"),
    ]
    answer = report(program, row_of(person, id="qa-good"), *(sent for sent, _ in bad))
    assert [(fault["row"], fault["code"]) for fault in answer["faults"]] == [(place, code) for place, (_, code) in enumerate(bad, start=1)]
    assert counts(answer) == (1, 0, 0, len(bad))
    assert all(fault["detail"] for fault in answer["faults"])
    assert len(queries.audits_of(person.id)) == 2


def test_a_decision_of_a_clock_that_runs_a_little_ahead_is_taken(program: Browser, person: Person, queue: PublishedQueue) -> None:
    with time_machine.travel(datetime(2026, 11, 22, 18, tzinfo=UTC), tick=False):
        assert counts(report(program, row_of(person, at="2026-11-22T18:05:00Z"))) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("body", "words"), [({"audits": []}, "audits"), ({}, "audits"), ({"audits": [{}] * 1_001}, "1000"), ([], "body"), ({"audits": "x"}, "audits")]
)
def test_a_report_that_is_none_is_refused_whole(program: Browser, body: object, words: str) -> None:
    answer: Any = program.post("/api/v1/quality/audits", headers=TOKEN, json=body)
    assert answer.status_code == 400
    assert words in answer.json["message"]


def test_a_token_reports_audits_only_with_the_scope(browser: Browser, person: Person, queue: PublishedQueue) -> None:
    ApiClientFactory(token="good", scopes=["access:read", "work:write"])
    assert browser.post("/api/v1/quality/audits", headers=TOKEN, json={"audits": [row_of(person)]}).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(QualityAudit)) == 0


def test_a_batch_costs_as_many_statements_whatever_it_holds(program: Browser, queue: PublishedQueue) -> None:
    people = [PersonFactory() for _ in range(12)]
    batches = ([row_of(person, number) for person in asked] for number, asked in enumerate((people, people, people[:2], people)))
    first, second, few, all_of_them = batches
    for rows in (first, second):  # What is read once by each process is read by then.
        report(program, *rows)
    spent = []
    for rows in (few, all_of_them):
        with counted() as statements:
            report(program, *rows)
        spent.append(len(statements))
    assert spent[0] == spent[1]


@pytest.mark.parametrize("statement", ["UPDATE quality_audits SET error = NULL", "DELETE FROM quality_audits"])
def test_the_database_refuses_to_rewrite_audits(program: Browser, person: Person, queue: PublishedQueue, statement: str) -> None:
    report(program, row_of(person))
    with pytest.raises(DBAPIError, match="appended to, never edited"):
        db.session.execute(text(statement))
