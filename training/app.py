"""The factory: the only module that knows every room. A list of named steps."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from training.accounts import commands as accounts_commands
from training.accounts import tasks as accounts_tasks
from training.accounts.rules import FactKind
from training.accounts.services import follow_facts
from training.accounts.views import init_accounts
from training.api import authzen, changes, health, metadata, openapi, searches, tickets, work
from training.api import quality as api_quality
from training.api import queues as api_queues
from training.audit import commands as audit_commands
from training.audit import tasks as audit_tasks
from training.audit import views as audit
from training.authoring import views as authoring
from training.cases import views as cases
from training.certification import tasks as certification_tasks
from training.certification.services import follow_languages, follow_studies
from training.certification.views import init_certification
from training.config import load_settings
from training.content_store.services import add_case, amend_case
from training.content_sync import views as content_sync
from training.courses import tasks as courses_tasks
from training.courses.views import init_courses
from training.db import db, init_migrations
from training.disputes import tasks as disputes_tasks
from training.disputes.views import init_disputes
from training.exams import commands as exams_commands
from training.exams import tasks as exams_tasks
from training.exams import views as exams
from training.exchange import tasks as exchange_tasks
from training.exchange import views as exchange
from training.insights import commands as insights_commands
from training.insights import tasks as insights_tasks
from training.insights import views as insights
from training.integrations import tasks as integrations_tasks
from training.integrations import views as integrations
from training.jobs import commands as jobs_commands
from training.keys import commands as keys_commands
from training.keys import views as keys
from training.late_commands import LateCommand
from training.media import views as media
from training.outbox import tasks as outbox_tasks
from training.outbox import views as outbox
from training.policy_changes import views as policy_changes
from training.practice import commands as practice_commands
from training.practice import views as practice
from training.quality import tasks as quality_tasks
from training.quality.views import init_quality
from training.queues import tasks as queues_tasks
from training.queues import views as queues
from training.queues.queries import certifications_asked_for, exceptions_of_one, queue_titles, titles_by_certification
from training.today import views as today
from training.upkeep import commands as upkeep_commands
from training.upkeep import tasks as upkeep_tasks
from training.upkeep import views as upkeep
from training.web.access import init_access
from training.web.addresses import init_addresses
from training.web.errors import init_errors
from training.web.forgery import FormTokens
from training.web.formatting import init_formatting
from training.web.headers import init_headers
from training.web.navigation import init_navigation
from training.web.sessions import init_sessions
from training.web.styles import init_styles
from training.web.wording import words_for

ROOT = Path(__file__).resolve().parent.parent
ROOMS_WITH_JOBS = (
    audit_tasks,
    outbox_tasks,
    accounts_tasks,
    courses_tasks,
    certification_tasks,
    exams_tasks,
    disputes_tasks,
    quality_tasks,
    insights_tasks,
    upkeep_tasks,
    queues_tasks,
    integrations_tasks,
    exchange_tasks,
)
"""Importing them here makes known to `jobs` what they do again and again beside requests."""

csrf = FormTokens()


class Application(Flask):
    """Flask without coroutines."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself: none of ours is a coroutine, and looking costs each request as much as routing it."""
        return func


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application, configured from the environment and then from `overrides`."""
    app = Application(__name__)
    given = overrides or {}
    app.config.from_mapping(load_settings(os.environ | {name: value for name, value in given.items() if isinstance(value, str)}, root=ROOT))
    app.config.from_mapping(given)
    _init_extensions(app)
    _init_templates(app)
    init_sessions(app)
    init_addresses(app)
    init_access(app)
    init_errors(app)
    init_headers(app)
    init_formatting(app)
    init_styles(app)
    init_navigation(app)
    _register_rooms(app)
    return app


def _init_extensions(app: Flask) -> None:
    db.init_app(app)
    init_migrations(app)
    csrf.init_app(app)
    if app.config["TRUSTED_PROXIES"]:
        hops = app.config["TRUSTED_PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]


def _init_templates(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["words"] = words_for


def _register_rooms(app: Flask) -> None:
    """Each room's pages, programs' addresses and commands."""
    app.register_blueprint(audit.blueprint)
    app.cli.add_command(audit_commands.audit_group(check_pack=_check_pack))
    app.register_blueprint(outbox.blueprint)
    app.register_blueprint(keys.blueprint)
    init_accounts(app)
    follow_facts(FactKind.LANGUAGES, follow_languages)
    app.cli.add_command(accounts_commands.group)
    app.register_blueprint(today.blueprint)
    app.register_blueprint(media.blueprint)
    init_courses(app, follow_studies=follow_studies)
    app.register_blueprint(cases.blueprint)
    app.register_blueprint(practice.blueprint)
    app.cli.add_command(practice_commands.group)
    app.cli.add_command(insights_commands.group)
    init_certification(app, queue_titles=titles_by_certification, exceptions=exceptions_of_one)
    app.register_blueprint(exams.blueprint)
    app.cli.add_command(exams_commands.group)
    init_disputes(app, amend_case=amend_case)
    init_quality(app, required=certifications_asked_for, queue_titles=queue_titles)
    app.register_blueprint(queues.blueprint)
    app.register_blueprint(policy_changes.blueprint)
    app.register_blueprint(authoring.blueprint)
    app.register_blueprint(content_sync.blueprint)
    app.register_blueprint(exchange.blueprint)
    app.register_blueprint(insights.blueprint)
    app.register_blueprint(integrations.blueprint)
    app.register_blueprint(upkeep.blueprint)
    app.cli.add_command(upkeep_commands.group)
    app.cli.add_command(upkeep_commands.database)
    accounts_commands.group.add_command(upkeep_commands.erase)
    app.cli.add_command(jobs_commands.group)
    for room in (authzen, searches, metadata, api_queues, health, openapi, work, api_quality, changes, tickets):
        csrf.exempt(room.blueprint)
        app.register_blueprint(room.blueprint)
    app.cli.add_command(LateCommand("cases", help="Historical cases: bring real ones in.", load=_cases_commands))
    app.cli.add_command(LateCommand("content", help="The content folder, which the training team keeps in git.", load=_content_commands))
    app.cli.add_command(LateCommand("gate", help="Who may work which queue, and why not.", load=_gate_commands))
    app.cli.add_command(keys_commands.group)
    app.cli.add_command(LateCommand("demo", help="The whole of it on one machine, with people who have a past.", load=_demo_commands))


def _check_pack(file: Path, keys: Path | None) -> tuple[list[str], bool]:
    from training.insights.services.checking import check_files  # noqa: PLC0415  # Brings cryptography along.

    return check_files(file, keys)


def _cases_commands() -> click.Command:
    from training.cases.commands import cases_group  # noqa: PLC0415  # Reading foreign files, and looking for likeness among texts.

    return cases_group(publish=add_case)


def _content_commands() -> click.Command:
    from training.content_sync.commands import group  # noqa: PLC0415  # Gathering and comparing what documents say.

    return group


def _gate_commands() -> click.Command:
    from training.queues.commands import group  # noqa: PLC0415  # Writes out what nothing else does.

    return group


def _demo_commands() -> click.Command:
    from training.demo.commands import demo_group  # noqa: PLC0415  # Brings the content's commands along.

    return demo_group(create_app)
