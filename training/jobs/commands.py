"""Doing the jobs."""

from typing import cast

from flask import Flask, current_app
from flask.cli import AppGroup

group = AppGroup("jobs", help="Work beside requests: sealing the audit, sending mail, ending exams.")


@group.command("run")
def run() -> None:
    """Do the jobs until stopped."""
    from training.jobs.consumer import make_consumer  # noqa: PLC0415  # Every other command starts without it.

    make_consumer(cast(Flask, current_app._get_current_object())).run()  # type: ignore[attr-defined]
