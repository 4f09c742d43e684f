"""Review tools report work: what is taken, what is not, and what follows."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from tests.statements import counted
from training.accounts.models import Person
from training.audit.models import AuditEntry
from training.certification import queries as certification
from training.certification.models import CertificateUse, WorkReport
from training.db import db
from training.queues.queries import PublishedQueue, access_of

TOKEN = {"Authorization": "Bearer good"}


@pytest.fixture
def program(browser: Browser) -> Browser:
    ApiClientFactory(token="good", scopes=["work:write"])
    return browser


@pytest.fixture
def person() -> Person:
    return PersonFactory(email="sri@example.org")


@pytest.fixture
def queue() -> PublishedQueue:
    """One that requires a certificate which 60 days of disuse end."""
    certification = CertificationFactory(id="by-disuse", ends={"mode": "disuse", "days": 60})
    return QueueFactory(id="claims", requires={"all_of": [certification.slug]})


def row(day: str = "2026-03-01", decisions: int = 120, **other: object) -> dict[str, object]:
    return {"person": "sri@example.org", "queue": "claims", "day": day, "decisions": decisions, **other}


def report(program: Browser, *rows: object) -> Any:
    return program.post("/api/v1/work", headers=TOKEN, json={"reports": rows}).json


def counts(answer: Any) -> tuple[int, int, int, int]:
    return answer["new"], answer["corrected"], answer["unchanged"], len(answer["faults"])


def test_the_same_report_again_changes_nothing_and_a_corrected_count_keeps_the_one_before(program: Browser, person: Person, queue: PublishedQueue) -> None:
    assert counts(report(program, row(), row("2026-03-02", 80))) == (2, 0, 0, 0)
    audited = select(func.count()).select_from(AuditEntry).where(AuditEntry.deed == "work.reported")
    assert counts(report(program, row(person="SRI@example.org"), row("2026-03-02", 80))) == (0, 0, 2, 0)
    assert db.session.scalar(audited) == 1
    assert counts(report(program, row(), row("2026-03-02", 81))) == (0, 1, 1, 0)
    assert [entry["decisions"] for entry in certification.personal_work(person.id)] == [120, 80, 81]
    assert [entry.decision_count for entry in certification.reports_that_count(person.id)] == [120, 81]


def test_rows_that_cannot_be_taken_are_listed_and_the_rest_is_taken(program: Browser, person: Person, queue: PublishedQueue) -> None:
    bad = [
        (row(person="nobody@example.org"), "UNKNOWN_PERSON"),
        (row(person="p_nobody"), "UNKNOWN_PERSON"),
        (row(queue="no-such-queue"), "UNKNOWN_QUEUE"),
        (row(decisions=-1), "UNREADABLE"),
        (row(decisions=100_001), "UNREADABLE"),
        (row(decisions=True), "UNREADABLE"),
        (row(day="yesterday"), "UNREADABLE"),
        (row(day="1999-12-31"), "UNREADABLE"),
        (row(day="2026-02-30"), "UNREADABLE"),
        ({}, "UNREADABLE"),
        (row(decisions=7), "SAID_TWICE"),
        (row(day="9999-12-31"), "IN_THE_FUTURE"),
    ]
    answer = report(program, row(), *(sent for sent, _ in bad))
    assert counts(answer) == (1, 0, 0, len(bad))
    assert [(fault["row"], fault["code"]) for fault in answer["faults"]] == [(place, code) for place, (_, code) in enumerate(bad, start=1)]
    assert all(fault["detail"] for fault in answer["faults"])


@pytest.mark.parametrize(("now", "is_taken"), [("2026-03-01T16:59:59", False), ("2026-03-01T17:00:00", True)])
def test_a_day_is_taken_from_its_first_instant_in_the_organisations_zone(
    program: Browser, person: Person, queue: PublishedQueue, now: str, is_taken: bool
) -> None:
    with time_machine.travel(datetime.fromisoformat(now).replace(tzinfo=UTC), tick=False):
        assert bool(report(program, row("2026-03-02"))["new"]) is is_taken


@pytest.mark.parametrize(
    ("body", "words"),
    [({"reports": []}, "reports"), ({}, "reports"), ({"reports": [row()] * 1_001}, "1000"), ({"reports": "all"}, "reports"), ([], "body")],
)
def test_a_report_that_is_none_is_refused_whole(program: Browser, body: object, words: str) -> None:
    answer: Any = program.post("/api/v1/work", headers=TOKEN, json=body)
    assert answer.status_code == 400
    assert words in answer.json["message"]


def test_a_token_reports_work_only_with_the_scope(browser: Browser, person: Person, queue: PublishedQueue) -> None:
    ApiClientFactory(token="good", scopes=["access:read"])
    assert browser.post("/api/v1/work", headers=TOKEN, json={"reports": [row()]}).status_code == 403
    assert db.session.scalar(select(func.count()).select_from(WorkReport)) == 0


def days_of_march(person: Person) -> dict[int, str]:
    """On which days of March and what followed the gate answered what, as known then."""
    instants = {number: datetime(2026, 3, number, 12, tzinfo=UTC) for number in (1, 2, 3, 4, 5)}
    return {number: access_of(person.public_id, "claims", at=at).access.value for number, at in instants.items()}


def test_reported_work_moves_the_end_and_the_past_is_answered_as_it_was_known(program: Browser, person: Person, queue: PublishedQueue) -> None:
    award(person.id, certification.certification_by_slug("by-disuse"))  # on 1 January: 60 days end on 2 March
    assert days_of_march(person) == {1: "allow", 2: "deny", 3: "deny", 4: "deny", 5: "deny"}
    with time_machine.travel(datetime(2026, 3, 3, 13, tzinfo=UTC), tick=False):
        report(program, row("2026-01-20"))
    assert days_of_march(person) == {1: "allow", 2: "deny", 3: "deny", 4: "allow", 5: "allow"}
    then = datetime(2026, 3, 4, 12, tzinfo=UTC)
    assert access_of(person.public_id, "claims", at=then).valid_until == datetime(2026, 3, 21, 17, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 3, 5, 1, tzinfo=UTC), tick=False):
        report(program, row("2026-01-20", 0))
    assert days_of_march(person) == {1: "allow", 2: "deny", 3: "deny", 4: "allow", 5: "deny"}
    assert access_of(person.public_id, "claims", at=datetime(2026, 3, 2, 12, tzinfo=UTC), known_at=then).access.value == "allow"
    held = certification.certificates_of(person.id, at=then)[0].standing
    assert (held.until, held.is_by_disuse) == (datetime(2026, 3, 21, 17, tzinfo=UTC), True)


def test_a_batch_costs_as_many_statements_whatever_it_holds(program: Browser, queue: PublishedQueue) -> None:
    people = [PersonFactory().public_id for _ in range(20)]
    for day in ("2026-01-31", "2026-02-01"):  # What is read once by each process is read by then.
        report(program, *(row(day, person=name) for name in people))
    spent = []
    for day, names in (("2026-02-02", people[:2]), ("2026-02-03", people)):
        with counted() as statements:
            report(program, *(row(day, person=name) for name in names))
        spent.append(len([statement for statement in statements if not statement.startswith(("INSERT", "UPDATE"))]))
    assert spent[0] == spent[1]
    current = select(func.count()).select_from(CertificateUse).where(CertificateUse.superseded_at.is_(None))
    assert db.session.scalar(current) == len(people)


@pytest.mark.parametrize("statement", ["UPDATE work_reports SET decision_count = 0", "DELETE FROM work_reports"])
def test_the_database_refuses_to_rewrite_reports(program: Browser, person: Person, queue: PublishedQueue, statement: str) -> None:
    report(program, row())
    with pytest.raises(DBAPIError, match="appended to, never edited"):
        db.session.execute(text(statement))
