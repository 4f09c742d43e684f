"""What does the jobs: a Huey, loaded only by the process that runs it, since it brings every store's client along."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask
from huey import Huey, MemoryHuey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer

from training.jobs import do_job, job_named, jobs


class JsonSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON: a job store that somebody else can write to must not be able to run code here."""

    def _serialize(self, data: Any) -> bytes:
        if isinstance(data, Message):
            data = {"message": data._replace(eta=data.eta and data.eta.isoformat(), expires_resolved=None)._asdict()}
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Any:
        value = json.loads(data)
        if isinstance(value, dict) and "message" in value:
            fields = value["message"]
            fields["eta"] = fields["eta"] and datetime.fromisoformat(fields["eta"])
            fields["args"] = tuple(fields["args"])
            return Message(**fields)
        return value


def _store(app: Flask) -> Huey:
    url = app.config["JOBS_URL"] or ""
    database = app.config["SQLALCHEMY_DATABASE_URI"]
    options: dict[str, Any] = {"serializer": JsonSerializer(), "results": False}
    if url.startswith("redis"):
        return RedisHuey("touchstone", url=url, **options)
    if url.startswith("postgresql") or (not url and database.startswith("postgresql")):
        return PostgresHuey("touchstone", dsn=(url or database).replace("+psycopg", ""), **options)
    if url.startswith("memory"):
        return MemoryHuey("touchstone", **options)
    path = Path(url.removeprefix("sqlite:///") if url else database.removeprefix("sqlite:///")).with_suffix(".jobs.sqlite")
    return SqliteHuey("touchstone", filename=str(path), **options)


def make_huey(app: Flask) -> Huey:
    """The job store of this application, with a task for every job and a minute's tick that schedules them."""
    huey = _store(app)

    @huey.task(name="do_named_job")  # type: ignore[untyped-decorator]
    def do_named_job(name: str) -> None:
        do_job(app, job_named(name))

    def schedule_a_minute() -> None:
        for job in jobs():
            for delay in range(0, 60, job.seconds):
                do_named_job.schedule(args=(job.name,), delay=delay)

    huey.periodic_task(crontab(minute="*"), name="schedule_a_minute")(schedule_a_minute)

    @huey.on_startup(name="begin_afresh")  # type: ignore[untyped-decorator]
    def begin_afresh() -> None:
        """Forget what waited from another life, and do not wait a minute for the first tick."""
        huey.flush()
        schedule_a_minute()

    return huey


def make_consumer(app: Flask) -> Consumer:
    """What does the jobs: call `run` to do them until stopped, or `start` to do them in threads."""
    return make_huey(app).create_consumer(workers=1, worker_type="thread", initial_delay=0.1, max_delay=1.0)
