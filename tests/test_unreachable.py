"""A database that does not answer is said so, for a moment, and never looks like our fault."""

import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask

from training.app import create_app
from training.db import db, is_unavailable


def busy() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("database is locked")
    error.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


def missing() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("no such table: people")
    error.sqlite_errorcode = sqlite3.SQLITE_ERROR
    return error


@pytest.mark.parametrize(
    ("error", "is_away"),
    [
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.CannotConnectNow(), True),
        (psycopg.OperationalError(), True),
        (psycopg.errors.DeadlockDetected(), True),
        (psycopg.errors.UndefinedTable(), False),
        (psycopg.errors.UniqueViolation(), False),
        (busy(), True),
        (missing(), False),
        (None, False),
    ],
)
def test_what_is_wrong_with_the_database_is_told_from_what_is_wrong_with_a_statement(error: Any, is_away: bool) -> None:
    assert is_unavailable(error) is is_away


@pytest.fixture
def cut_off(tmp_path: Path) -> Flask:
    """The application where no database is."""
    return create_app({"SECRET_KEYS": "test-key-that-signs-nothing-real", "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing", "WTF_CSRF_ENABLED": False})


@pytest.mark.parametrize(("method", "path"), [("GET", "/exams"), ("PUT", "/exams/attempts/x/answers/1"), ("POST", "/exams/x/start")])
def test_without_a_database_every_page_says_when_to_ask_again(cut_off: Flask, method: str, path: str) -> None:
    browser = cut_off.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "a-token"
    body = '{"client_id": "window-of-the-test", "sequence": 1, "response": {}}'
    response = browser.open(path, method=method, data=body, headers={"Accept": "application/json"}, base_url="https://localhost")
    assert response.status_code == 503, response.text
    assert response.headers["Retry-After"] == "2"
    assert response.json["error"] == "unavailable"


def test_people_get_a_page_that_needs_no_database(cut_off: Flask) -> None:
    browser = cut_off.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "a-token"
    response = browser.get("/exams", base_url="https://localhost")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert "Not available for a moment" in response.text


def test_who_finds_every_connection_taken_is_told_when_to_ask_again(tmp_path: Path) -> None:
    app = create_app(
        {
            "SECRET_KEYS": "test-key-that-signs-nothing-real",
            "SQLALCHEMY_DATABASE_URI": f"sqlite:///{tmp_path / 'busy.sqlite'}",
            "SQLALCHEMY_ENGINE_OPTIONS": {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0},
        }
    )
    browser = app.test_client()
    with browser.session_transaction() as cookie:
        cookie["_user_id"] = "a-token"
    with app.app_context(), db.engine.connect():
        response = browser.get("/exams", base_url="https://localhost")
        assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
        db.engine.dispose()
