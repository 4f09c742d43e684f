"""Migrations: which one this version needs, and what is done about them.

Alembic comes along only with whoever migrates: no page needs it, and no other command.
"""

from functools import partial
from pathlib import Path
from types import ModuleType

import click
from flask import Flask, current_app

from training.db.base import db
from training.late_commands import LateCommand

FOLDER = Path(__file__).resolve().parents[2] / "migrations"


def _newest_revision() -> str:
    return max(path.name for path in (FOLDER / "versions").glob("[0-9]*.py")).partition("_")[0]


_NEEDED = _newest_revision()


def needed_revision() -> str:
    """The migration that this version needs: the newest that lay there as the program began, since they are numbered one after the other.

    A release that is unpacked over a running program adds migrations which that program does not need.
    """
    return _NEEDED


def init_migrations(app: Flask) -> None:
    """Give this application the command `flask db`."""
    app.cli.add_command(LateCommand("db", help="Perform database migrations.", load=partial(_commands, app)))


def bring_alembic(app: Flask) -> ModuleType:
    """Make this application known to Alembic; the package that drives it."""
    import flask_migrate  # noqa: PLC0415  # Imports Alembic: a tenth of what a short command takes.

    flask_migrate.Migrate(app, db, directory=str(FOLDER), render_as_batch=True, compare_type=True)
    return flask_migrate


def _commands(app: Flask) -> click.Command:
    bring_alembic(app)
    return app.cli.commands["db"]


def upgrade() -> None:
    """Bring the current application's database to the newest migration."""
    bring_alembic(current_app).upgrade()
