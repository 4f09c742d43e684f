"""The pages of this room, and how the rest of the site knows who is signed in."""

from flask import Flask

from training.accounts.views import absences, account, clients, passwords, people, personal, second_factor, shifts, sign_in, teams, words
from training.accounts.views.blueprint import blueprint
from training.accounts.views.signed_in import init_signed_in

__all__ = ["absences", "account", "clients", "init_accounts", "passwords", "people", "personal", "second_factor", "shifts", "sign_in", "teams", "words"]


def init_accounts(app: Flask) -> None:
    """Let people and programs in, and show their pages."""
    init_signed_in(app)
    app.register_blueprint(blueprint)
