"""`flask gate`: what the gate says, at a shell."""

from datetime import datetime

import click
from flask.cli import AppGroup

from training import clock
from training.queues import queries
from training.queues.rendering import explained

group = AppGroup("gate", help="Who may work which queue, and why not.")


def _instant(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    """An instant with its zone, as it was typed."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise click.BadParameter("write an instant with its zone, such as 2026-11-11T09:00:00+07:00 or 2026-11-11T02:00:00Z")
    return found


@group.command("explain")
@click.argument("subject")
@click.argument("queue")
@click.option("--at", callback=_instant, help="Which instant to ask about, with its zone; left out: now.")
@click.option("--known-at", callback=_instant, help="As known when; left out: at that instant, or now where it lies ahead.")
def explain(subject: str, queue: str, at: datetime | None, known_at: datetime | None) -> None:
    """The whole reasoning about SUBJECT, an e-mail address or our id, and QUEUE, by its name.

    Why somebody is unavailable is never said: it is known to them alone.
    """
    now = clock.now()
    at = at or now
    found = queries.explanation(subject, queue, at=at, known_at=min(known_at or at, now))
    for line in explained(subject, queue, known_at=found.known_at, decisions=(found.decision, found.next_decision), evidence=found.evidence):
        click.echo(line)
