"""Work beside requests."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from huey.registry import Message

from training import jobs
from training.jobs import Job, do_job
from training.jobs.consumer import JsonSerializer, make_consumer, make_huey

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MESSAGE = Message("id-1", "do_named_job", datetime(2026, 3, 1), 0, 0, None, ("audit.seal",), {}, None, None, None, None, None, None, None)  # noqa: DTZ001


@pytest.mark.parametrize("value", [MESSAGE, MESSAGE._replace(eta=None), None, {"a": [1, "b"]}])
def test_what_waits_is_json_and_comes_back_as_it_was(value: object) -> None:
    written = JsonSerializer().serialize(value)
    assert written[:1] in b"{n"
    assert JsonSerializer().deserialize(written) == value


def test_the_rooms_have_jobs_of_at_most_a_minute(app: Flask) -> None:
    assert {"seal_audit", "send_due_mail"} <= {job.name.rpartition(".")[2] for job in jobs.jobs()}
    assert all(1 <= job.seconds <= 60 for job in jobs.jobs())


def test_a_job_is_done_in_a_context_and_committed(app: Flask) -> None:
    done: list[datetime] = []
    do_job(app, Job("tests.note", 5, done.append))
    assert len(done) == 1


@pytest.mark.parametrize("store", ["memory://", "sqlite"])
def test_a_minutes_tick_schedules_every_job_over_the_minute(app: Flask, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "JOBS_URL", store if store == "memory://" else f"sqlite:///{tmp_path / 'jobs.sqlite'}")
    huey = make_huey(app)
    (tick,) = huey._registry.periodic_tasks
    tick.execute()
    expected = sum(len(range(0, 60, job.seconds)) for job in jobs.jobs())
    assert huey.pending_count() + huey.scheduled_count() == expected
    due = huey.read_schedule(datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=2))
    assert {task.args[0] for task in due} | {task.args[0] for task in huey.pending()} == {job.name for job in jobs.jobs()}


def test_a_consumer_does_what_is_due(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "JOBS_URL", "memory://")
    consumer = make_consumer(app)
    assert consumer.huey.pending_count() == 0
    assert consumer.workers == 1
