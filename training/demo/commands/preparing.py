"""Before serving: settings, tables, content, people."""

import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import click
from flask import current_app

from training import clock
from training.accounts.services import hash_password
from training.actors import SYSTEM
from training.config import secrets_of
from training.content_store import queries as content
from training.content_sync import services as content_sync
from training.content_sync.rules import Deed
from training.content_sync.services import NotApplied, NotApproved
from training.db import begin_writing, db, upgrade
from training.demo import queries, services
from training.demo.files import kept_secrets
from training.demo.services.telling import fill_feed, tell_review_tool
from training.demo.services.world import LONGEST_AGO
from training.web.wording import words_for

SQLITE = "sqlite:///"


@dataclass(frozen=True, slots=True)
class Demo:
    """How this demo is reached, and what was done to have it."""

    address: str
    password: str
    api_token: str
    folder: Path
    summary: str = ""


def open_demo(port: int | None) -> Demo:
    """Put the settings of a demo into the environment of this process; what the caller set stands.

    Raises ClickException where the kept secrets cannot be read.
    """
    folder = _folder(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    try:
        kept = kept_secrets(folder)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    address = f"http://127.0.0.1:{port or 5000}"
    os.environ.update({"DEMO": "1", "ALLOW_PUBLIC_ITEMS": "1", "SECURE_COOKIES": "0", "WAIVE_SECOND_FACTOR": "1"})
    given = {"SECRET_KEYS": kept.secret_keys, "PUBLIC_URL": address, "DEMO_PASSWORD": kept.password, "DEMO_API_TOKEN": kept.api_token}
    for name, value in given.items():
        os.environ[name] = os.environ.get(name) or value
    return Demo(address, os.environ["DEMO_PASSWORD"], os.environ["DEMO_API_TOKEN"], folder)


def _folder(database: str) -> Path:
    """Where the demo keeps what it made up: beside an SQLite file, else in instance/."""
    if database.startswith(SQLITE) and not database.endswith(":memory:"):
        return Path(database.removeprefix(SQLITE)).parent
    return Path(current_app.root_path).parent / "instance"


def prepare(demo: Demo) -> Demo:
    """Bring the database to where the demo wants it: tables, content, people, logins. What is there already is kept."""
    _refuse_strangers()
    upgrade()
    _refuse_strangers()
    now = clock.now()
    done = [_bring_in_content(now), _let_people_in(demo, now)]
    db.session.remove()
    db.engine.dispose()
    return replace(demo, summary=" ".join(done))


def _refuse_strangers() -> None:
    if queries.has_strangers():
        raise click.ClickException(
            "This database holds people who are not the demo's own, so the demo leaves it alone. "
            "Point DATABASE_URL at a new database, for instance sqlite:///instance/demo.sqlite, and start again."
        )
    db.session.remove()


def _bring_in_content(now: datetime) -> str:
    """Apply the content folder where it changed. Content that nobody worked with yet counts as published long ago, before the people's past."""
    begin_writing()
    is_first = not content.stored_documents()
    proposal = content_sync.propose(Path(current_app.config["CONTENT_DIR"]))
    for fault in proposal.faults:
        click.echo(str(fault), err=True)
    if proposal.faults:
        raise click.ClickException(f"The content folder has {len(proposal.faults)} faults, so the demo does not start. Mend them, or put the files back.")
    if proposal.plan.of(Deed.CONFLICT):
        db.session.rollback()
        return "Some documents were changed in the content folder and on the web: the folder was not brought in; see `flask content plan`."
    if proposal.plan.is_empty:
        db.session.rollback()
        return "Content: unchanged."
    try:
        published_at, site_url = now - LONGEST_AGO if is_first else now, current_app.config["PUBLIC_URL"]
        content_sync.apply(proposal, allow_public=True, site_url=site_url, by=SYSTEM, now=published_at)
    except NotApproved:
        db.session.rollback()
        return "The content folder changes policies, which a second person approves: see `flask content plan`. The demo runs with what was there."
    except NotApplied as refused:
        db.session.rollback()
        said = "\n".join(f"{path}: {words_for(refusal.reason, refusal.detail)}" for path, refusal in refused.refusals)
        raise click.ClickException(f"The content folder was refused, so the demo does not start.\n{said}") from None
    db.session.commit()
    return f"Content: {len(proposal.plan.of(Deed.CREATE, Deed.UPDATE, Deed.RESTORE, Deed.RETIRE))} documents brought in."


def _let_people_in(demo: Demo, now: datetime) -> str:
    said = "People: as they were."
    if not queries.has_people():
        hashed = hash_password(demo.password)
        begin_writing()
        said = f"People: {services.make_world(password=hashed, now=now)}, with the past they have."
        fill_feed(now=now)
        db.session.commit()
        begin_writing()
        tell_review_tool(keys=secrets_of(current_app.config), by=SYSTEM, now=now)
        db.session.commit()
    begin_writing()
    services.keep_logins(demo.password, now=now)
    services.keep_token(demo.api_token, now=now)
    db.session.commit()
    return said
