"""The pages of this room, and how the rest of the site knows who is signed in."""

from flask import Flask

from training.accounts.views.signed_in import init_signed_in


def init_accounts(app: Flask) -> None:
    """Let people and programs in."""
    init_signed_in(app)
