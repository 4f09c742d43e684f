"""What operators do about exams."""

import click
from flask import current_app
from flask.cli import AppGroup

from training import clock
from training.actors import SYSTEM
from training.db import begin_writing, db
from training.exams import queries
from training.exams.rules.rulings import Effect
from training.exams.services.rules_changed import regrade_exam, try_out_exam
from training.web.wording import words_for

group = AppGroup("exams", help="Exams: grade every attempt anew after a change of the rules.")


@group.command("regrade")
@click.argument("slug")
@click.option("--apply", "is_applied", is_flag=True, help="Do it. Without this option only the list of who would change is shown.")
def regrade(slug: str, is_applied: bool) -> None:
    """Grade every attempt at the exam SLUG anew: first who would change, then, with --apply, for good."""
    exam = next((exam for exam in queries.exams() if exam.slug == slug), None)
    if exam is None:
        raise click.ClickException(f"there is no exam {slug}")
    found = try_out_exam(exam.id, now=clock.now())
    for change in found.changes:
        click.echo(f"{words_for(change.effect)}: {change.name}, attempt {change.attempt}, {change.share_before:.1%} to {change.share_after:.1%}")
    click.echo(f"{found.seen_count:,} attempt{'s' if found.seen_count != 1 else ''} looked at.")
    for effect in Effect:
        click.echo(f"  {words_for(effect)}: {found.count(effect):,}")
    if is_applied:
        _apply(exam.id)


def _apply(exam_id: int) -> None:
    begin_writing()
    changed_count = 0
    for _seen, changed in regrade_exam(exam_id, by=SYSTEM, site_url=current_app.config["PUBLIC_URL"], now=clock.now()):
        db.session.commit()
        changed_count += changed
        click.echo(f"{changed_count:,} scores changed so far")
        begin_writing()
    click.echo("Done. Everybody affected gets a mail.")
