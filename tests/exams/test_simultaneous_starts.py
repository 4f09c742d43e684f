"""Two hundred starts by one person at the same moment, as four web workers with fifty browsers each would take them, on the real file or server."""

import multiprocessing
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.exams.factories import ExamFactory
from tests.exams.views.sittings import Candidate
from training.app import create_app
from training.audit.models import AuditEntry
from training.db import db
from training.exams import queries
from training.exams.models import Attempt, FormItem, FormUse
from training.exams.queries import PublishedExam

pytestmark = pytest.mark.machine_clock
PROCESSES, THREADS = 4, 50
PATIENCE_SECONDS = 120
SETTINGS = ("SECRET_KEYS", "SQLALCHEMY_DATABASE_URI", "MEDIA_URL", "JOBS_URL", "TESTING", "WTF_CSRF_ENABLED", "SESSION_COOKIE_SECURE", "ALLOW_PUBLIC_ITEMS")

BUSY = (503, "", "The database does not answer. Wait a few seconds and try again")
"""What is said where the server of the database takes no more connections: fifty threads in a process are many times what a web worker has."""

Answer = tuple[int, str, str]
"""Status, where it leads to, and what of `SAYINGS` it says where it leads nowhere."""
SAYINGS = (BUSY[2], "You cannot start again yet")


def start_in_threads(settings: dict[str, Any], cookie: str, path: str, everybody: Any, answers: Any) -> None:
    """What one process does: as many threads as it has wait until those of all processes are there, and start."""
    app = create_app(settings)
    found: list[Answer] = []
    here = threading.Barrier(THREADS, action=lambda: everybody.wait(PATIENCE_SECONDS))

    def start() -> None:
        client = app.test_client()
        client.set_cookie("touchstone", cookie)
        here.wait(PATIENCE_SECONDS)
        response = client.post(path)
        page = response.get_data(as_text=True)
        found.append((response.status_code, response.headers.get("Location", ""), next((saying for saying in SAYINGS if saying in page), "")))

    threads = [threading.Thread(target=start) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_SECONDS)
    answers.put(found)


def start_everywhere(app: Flask, someone: Candidate, exam: PublishedExam) -> list[Answer]:
    """What each of two hundred starts by this person was answered."""
    cookie = someone.browser.get_cookie("touchstone")
    assert cookie is not None
    settings = {name: app.config[name] for name in SETTINGS}
    context = multiprocessing.get_context("spawn")
    everybody, answers = context.Barrier(PROCESSES), context.Queue()
    db.session.commit()
    db.engine.dispose()
    values = (settings, cookie.value, f"/exams/{exam.slug}/start", everybody, answers)
    processes = [context.Process(target=start_in_threads, args=values) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    found = [answer for _ in processes for answer in answers.get(timeout=PATIENCE_SECONDS)]
    for process in processes:
        process.join(PATIENCE_SECONDS)
    db.session.expire_all()
    return found


def count(model: type[Any], *where: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0


@pytest.mark.long
def test_two_hundred_simultaneous_starts_in_four_processes_make_one_attempt_and_one_form(app: Flask, candidate: Callable[..., Candidate]) -> None:
    exam, someone = ExamFactory(), candidate()
    found = start_everywhere(app, someone, exam)
    (attempt,) = queries.attempts_of(someone.person.id)
    same = (302, f"/exams/attempts/{attempt.public_id}/1", "")
    assert {same} <= set(found) <= {same, BUSY}, Counter(found)
    assert len(found) == PROCESSES * THREADS
    assert someone.start(exam).id == attempt.id
    assert (count(Attempt), attempt.ordinal) == (1, 1)
    assert [place.position for place in queries.form_of(attempt)] == list(range(1, count(FormItem) + 1))
    assert (count(FormUse), count(AuditEntry, AuditEntry.deed == "attempt.started")) == (1, 1)


@pytest.mark.full
def test_two_hundred_simultaneous_starts_during_a_pause_for_retakes_are_refused_in_words(app: Flask, candidate: Callable[..., Candidate]) -> None:
    exam, someone = ExamFactory(), candidate()
    attempt = someone.start(exam)
    someone.browser.post(f"/exams/attempts/{attempt.public_id}/submit")
    found = start_everywhere(app, someone, exam)
    refused = (409, "", "You cannot start again yet")
    assert {refused} <= set(found) <= {refused, BUSY}, Counter(found)
    assert [each.id for each in queries.attempts_of(someone.person.id)] == [attempt.id]
