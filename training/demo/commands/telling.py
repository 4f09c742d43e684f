"""What the demo prints: the logins, the token, and a question to ask with it."""

import json

import click

from training.demo.commands.preparing import Demo
from training.demo.rules import CAST

QUESTION = {
    "subject": {"type": "moderator", "id": "newhire@example.org"},
    "action": {"name": "work"},
    "resource": {"type": "queue", "id": "listing-claims-id"},
}


def tell(demo: Demo) -> None:
    """Print how to get in."""
    width = max(len(member.email) for member in CAST if member.signs_in)
    click.echo(demo.summary)
    click.echo(f"\nTouchstone is at {demo.address}\n")
    for member in CAST:
        if member.signs_in:
            click.echo(f"  {member.email:<{width}}  {member.name}, {member.part}")
    click.echo(f"\n  Password of all of them: {demo.password}")
    click.echo(f"  API token: {demo.api_token}")
    click.echo(f"  Mail is not sent; read it at {demo.address}/outbox\n")
    click.echo("May newhire work the queue of product claims?\n")
    click.echo(f"  {curl_line(demo)}\n")
    click.echo("Ctrl-C ends it. What was done stays; the next start goes on from there.")


def curl_line(demo: Demo) -> str:
    """The question as one line for a shell."""
    headers = f"-H 'Authorization: Bearer {demo.api_token}' -H 'Content-Type: application/json'"
    return f"curl -s {demo.address}/access/v1/evaluation {headers} -d '{json.dumps(QUESTION)}'"
