"""What operators do about practice."""

import click
from flask.cli import AppGroup

from training.db import begin_writing, db
from training.practice import queries
from training.practice.services import remember_again

group = AppGroup("practice", help="Practice: reckon again what is remembered of people.")


@group.command("remember")
def remember() -> None:
    """Reckon what everybody remembers again from their answers: after the memory model got other numbers, or if ever in doubt."""
    people = queries.people_who_practised()
    for person_id in people:
        begin_writing()
        remember_again(person_id)
        db.session.commit()
    click.echo(f"{len(people):,} {'person' if len(people) == 1 else 'people'} reckoned again.")
