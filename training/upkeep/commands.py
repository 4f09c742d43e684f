"""`flask retention`: what is kept how long, and doing it; and `flask people erase`."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from training import clock
from training.accounts.queries import person_by_subject
from training.actors import SYSTEM
from training.config import database_url
from training.db import begin_writing, db, engine_at
from training.errors import Refusal
from training.upkeep import services
from training.upkeep.documents import Keeping, Rules, TableRule
from training.web.wording import words_for

group = AppGroup("retention", help="What is kept how long, and then what.")
database = AppGroup("database", help="The database as a whole: back it up, move it.")


def _rules() -> Rules:
    try:
        return services.rules_in_force(current_app.config["RETENTION_FILE"])
    except Refusal as refusal:
        raise click.ClickException(words_for(refusal.reason, refusal.detail)) from None


def _in_words(rule: TableRule) -> str:
    if not isinstance(rule.keep, Keeping):
        return rule.keep
    then = f"{', '.join(rule.keep.empty)} emptied" if rule.keep.empty else "deleted"
    return f"{rule.keep.days} days after {rule.keep.after}, then {then}"


@group.command("report")
def report() -> None:
    """Every table, how long its rows are kept, and how many are due."""
    for line in services.report(_rules(), now=clock.now()):
        click.echo(f"{line.table:<26} {_in_words(line.rule):<55} {f'{line.due_count} due' if line.due_count else ''}".rstrip())


@group.command("run")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
def run(dry_run: bool) -> None:
    """Delete and empty what is due now, batch by batch; the job does so every night."""
    rules, now = _rules(), clock.now()
    if dry_run:
        for line in services.report(rules, now=now):
            if line.due_count:
                click.echo(f"{line.table}: {line.due_count}")
        click.echo("A dry run: nothing was changed.")
        return
    total = 0
    while done := _batch(rules):
        total += sum(done.values())
        click.echo(", ".join(f"{name}: {count}" for name, count in done.items()))
    click.echo(f"{total} rows.")


def _batch(rules: Rules) -> dict[str, int]:
    begin_writing()
    done = dict(services.keep_rules(rules, now=clock.now()))
    db.session.commit()
    return done


@database.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Write the SQLite database as it stands now into FILE, a new one, while everybody goes on working."""
    if db.engine.dialect.name != "sqlite":
        raise click.ClickException("this is PostgreSQL: use pg_dump, see docs/operations.md")
    if file.exists():
        raise click.ClickException(f"{file} is there already")
    services.back_up(file)
    click.echo(f"Written to {file}.")


@database.command("move")
@click.argument("address", metavar="DATABASE_URL")
def move(address: str) -> None:
    """Copy every row into the database at DATABASE_URL, which has the same tables and holds nothing; stop the program first."""
    source, target = db.engine, engine_at(database_url(address, Path(current_app.root_path).parent))
    try:
        services.refuse_unlike(source, target)
        counts = services.move(source, target)
    except Refusal as refusal:
        raise click.ClickException(words_for(refusal.reason, refusal.detail)) from None
    finally:
        target.dispose()
    for name, count in counts.items():
        if count:
            click.echo(f"{name:<26} {count}")
    click.echo(f"{sum(counts.values())} rows. Set DATABASE_URL to the new address and start the program.")


@click.command("erase")
@click.argument("person", metavar="PERSON")
@click.option("--reason", required=True, help="Why; kept in the audit. Leave their name out.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(person: str, reason: str, yes: bool) -> None:
    """Take away whatever is personal of PERSON, an e-mail address or public id. What was decided stays, under a number. There is no way back."""
    rules = _rules()
    begin_writing()
    found = person_by_subject(person)
    if found is None:
        raise click.ClickException(f"nobody here is called {person}")
    if not yes:
        click.confirm(f"Erase {found.public_id} for ever?", abort=True)
    try:
        outcome = services.erase(found, rules, reason=reason, by=SYSTEM, now=clock.now())
    except Refusal as refusal:
        raise click.ClickException(words_for(refusal.reason)) from None
    public_id = found.public_id
    db.session.commit()
    click.echo(f"{public_id} is erased." if outcome is services.Erasing.DONE else f"{public_id} was erased before.")
