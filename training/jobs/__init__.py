"""Work that happens beside requests: a Huey on SQLite, PostgreSQL or Redis, speaking JSON.

Rooms say `@every(seconds=5)` over a function in their `tasks.py`; `consumer` does them. Nothing that must be right waits
for a job: jobs seal, send and sweep what is already true.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from training import clock
from training.db import db

Deed = Callable[[datetime], object]
"""What a job does at an instant; it is committed when it returns."""


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done again and again."""

    name: str
    seconds: int
    deed: Deed


_jobs: dict[str, Job] = {}


def every(*, seconds: int) -> Callable[[Deed], Deed]:
    """Do this every so many seconds, 1 to 60."""

    def register(deed: Deed) -> Deed:
        name = f"{deed.__module__}.{deed.__name__}"
        _jobs[name] = Job(name, seconds, deed)
        return deed

    return register


def jobs() -> tuple[Job, ...]:
    """Every job that the rooms registered."""
    return tuple(_jobs.values())


def job_named(name: str) -> Job:
    """The job of this name. Raises KeyError."""
    return _jobs[name]


def do_job(app: Flask, job: Job) -> None:
    """Do one job once, in a context and a transaction of its own."""
    with app.app_context():
        job.deed(clock.now())
        db.session.commit()
