"""What operators do about figures."""

import click
from flask.cli import AppGroup

from training import clock
from training.db import begin_writing, db
from training.insights.services.recounting import counted_anew, counted_by_what_is_kept, note_everybody

group = AppGroup("figures", help="Figures about the organisation: look whether they are right, and count everybody anew.")


@group.command("check")
def check() -> None:
    """Count everybody anew, and say whether what pages add up comes to the same. Nothing changes."""
    now = clock.now()
    anew, kept = counted_anew(now=now), counted_by_what_is_kept(now=now)
    if (anew.sizes, anew.tallies) != (kept.sizes, kept.tallies):
        raise click.ClickException("The figures are others than counting everybody anew gives. Let the jobs run, ask again, and else: flask figures recount")
    click.echo(f"The figures of {sum(anew.sizes.values()):,} people are what counting everybody anew gives.")


@group.command("recount")
def recount() -> None:
    """Have the jobs count everybody anew: some minutes for 100,000 people. Pages answer meanwhile."""
    begin_writing()
    note_everybody(now=clock.now())
    db.session.commit()
    click.echo("Everybody is noted; the jobs count them anew.")
