"""`flask demo`: the whole of it on one machine, with people who have a past."""

from collections.abc import Callable

import click
from flask import Flask
from flask.cli import AppGroup

from training.demo.commands.preparing import Demo, open_demo, prepare
from training.demo.commands.telling import tell


def demo_group(create_app: Callable[[], Flask]) -> AppGroup:
    """The commands; each makes its application anew, with the settings of a demo."""
    group = AppGroup("demo", help="The whole of it on one machine, with people who have a past.")

    @group.command("serve", help="Prepare the demo and serve it until Ctrl-C, at http://127.0.0.1:$PORT (5000).")
    def serve() -> None:
        from training.demo.commands.serving import port_from, serve_until_stopped  # noqa: PLC0415  # Brings the server and the job store along.

        port = port_from()
        demo = _prepared(create_app, port)
        tell(demo)
        serve_until_stopped(create_app, port)
        click.echo("\nStopped.")

    @group.command("prepare", help="Migrate, bring in the content and make the people; serve nothing.")
    def prepare_only() -> None:
        click.echo(_prepared(create_app, port=None).summary)

    return group


def _prepared(create_app: Callable[[], Flask], port: int | None) -> Demo:
    demo = open_demo(port)
    app = create_app()
    with app.app_context():
        return prepare(demo)
