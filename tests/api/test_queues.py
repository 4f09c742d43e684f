"""The same for people with curl, and whether the program is well."""

from typing import Any

import pytest

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.conftest import Browser
from tests.queues.factories import QueueFactory
from training.db import db
from training.queues.rules.decision import Code
from training.queues.rules.reasons import DETAILS

TOKEN = {"Authorization": "Bearer good"}


@pytest.fixture
def program(browser: Browser) -> Browser:
    ApiClientFactory(token="good")
    return browser


def test_every_queue_says_what_it_requires(program: Browser) -> None:
    QueueFactory(id="claims", title="Claims", requires={"all_of": ["moderator"], "modules": {"product-claims": "1.0.0"}})
    (queue,) = program.get("/api/v1/queues", headers=TOKEN).json["queues"]
    assert (queue["slug"], queue["name"]) == ("claims", "Claims")
    assert queue["requires"] == {"all_of": ["moderator"], "any_of": [], "languages": [], "markets": [], "modules": {"product-claims": "1.0.0"}}


def test_an_address_asks_the_gate(program: Browser) -> None:
    person = PersonFactory(email="sri@example.org")
    QueueFactory(id="claims", requires={"languages": ["id"]})
    for subject in ("sri@example.org", person.public_id):
        answer = program.get(f"/api/v1/queues/claims/access/{subject}", headers=TOKEN)
        assert (answer.status_code, answer.json["decision"], answer.json["subject"]) == (200, False, subject)
        assert answer.json["context"]["reasons"][0]["detail"] == "The person does not work in id."


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/v1/queues/no-such-queue/access/sri@example.org", 404),
        ("/api/v1/queues/claims/access/sri@example.org?at=tomorrow", 400),
        ("/api/v1/queues/claims/access/sri@example.org?at=2026-01-01", 400),
        ("/api/v1/nothing", 404),
    ],
)
def test_what_cannot_be_answered_is_a_clear_refusal(program: Browser, path: str, status: int) -> None:
    QueueFactory(id="claims")
    answer = program.get(path, headers=TOKEN)
    assert answer.status_code == status
    assert answer.json["message"]


def test_an_unknown_subject_is_answered_with_a_denial(program: Browser) -> None:
    QueueFactory(id="claims")
    answer: Any = program.get("/api/v1/queues/claims/access/nobody", headers=TOKEN).json
    assert (answer["decision"], answer["context"]["reasons"][0]["code"]) == (False, "UNKNOWN_SUBJECT")


def test_without_a_token_there_is_no_answer(browser: Browser) -> None:
    assert browser.get("/api/v1/queues").status_code == 401


def test_the_process_says_that_it_lives(browser: Browser) -> None:
    assert browser.get("/healthz").json == {"status": "ok"}


def test_a_database_without_migrations_is_not_ready(browser: Browser) -> None:
    answer = browser.get("/readyz")
    assert (answer.status_code, answer.json["status"], answer.json["migration"]) == (503, "not ready", None)


@pytest.mark.parametrize(("ahead", "code", "status"), [(0, 200, "ok"), (1, 200, "ok"), (-1, 503, "not ready")])
def test_a_database_at_the_newest_migration_or_ahead_of_it_in_an_upgrade_is_ready(browser: Browser, ahead: int, code: int, status: str) -> None:
    needed = browser.get("/readyz").json["needed_migration"]
    stands = f"{int(needed) + ahead:04}"
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{stands}')")
    try:
        answer = browser.get("/readyz")
        assert (answer.status_code, answer.json["status"], answer.json["migration"]) == (code, status, stands)
    finally:
        with db.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE alembic_version")


def test_every_reason_has_a_sentence_for_programs() -> None:
    assert set(DETAILS) == set(Code)
