"""`flask keys`: what signs certificates and tokens."""

import click
from flask import current_app
from flask.cli import AppGroup

from training import clock
from training.config import secrets_of
from training.db import begin_writing, db
from training.errors import NotFound, Refusal
from training.keys import queries, services
from training.keys.models import SigningKey
from training.web.wording import words_for

group = AppGroup("keys", help="Keys that sign certificates and tokens: list, rotate, revoke.")


@group.command("list")
def show() -> None:
    """Every key there ever was, the newest first."""
    for key in queries.all_keys():
        click.echo(f"{key.number}  made {key.created_at:%Y-%m-%d}  {_state(key)}")


def _state(key: SigningKey) -> str:
    if key.revoked_at:
        return f"revoked {key.revoked_at:%Y-%m-%d}: {key.revoked_because}"
    return f"retired {key.retired_at:%Y-%m-%d}" if key.retired_at else "signs"


@group.command("rotate")
def rotate() -> None:
    """Sign with a new key from now on; what was signed before stays good."""
    begin_writing()
    key = services.rotate(secrets_of(current_app.config), now=clock.now())
    db.session.commit()
    click.echo(f"{key.number} signs from now on.")


@group.command("revoke")
@click.argument("number")
@click.option("--reason", required=True, help="What happened; kept with the key.")
def revoke(number: str, reason: str) -> None:
    """Let nobody trust the key NUMBER any more: what it signed is good no longer, and is signed anew when it is next asked for."""
    begin_writing()
    try:
        services.revoke(number, reason=reason[:400], now=clock.now())
    except NotFound:
        raise click.ClickException(f"there is no key {number}; `flask keys list` names all") from None
    except Refusal as refusal:
        raise click.ClickException(words_for(refusal.reason)) from None
    db.session.commit()
    click.echo(f"{number} is revoked.")
