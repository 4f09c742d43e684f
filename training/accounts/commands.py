"""`flask people`: the first administrator, many people at once, programs."""

from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from training import clock
from training.accounts import queries, services
from training.accounts.rules import SCOPES, FactKind, LineFault, Role, Site, email_is_well_formed, normal_email, password_fault, read_people
from training.accounts.services import ImportPlan, codes
from training.actors import SYSTEM
from training.config import secrets_of
from training.db import begin_writing, db
from training.errors import Refusal
from training.web.personal import personal_text
from training.web.wording import words_for

group = AppGroup("people", help="People, and the programs that ask about them.")


@group.command("export")
@click.argument("person", metavar="PERSON")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The file to write; printed where none is given.")
def export(person: str, output: Path | None) -> None:
    """Everything that is kept about PERSON, an e-mail address or public id: the file that they download themselves. No exam's keys."""
    found = queries.person_by_subject(person)
    if found is None:
        raise click.ClickException(f"nobody here is called {person}")
    text = personal_text(found.id)
    if output is None:
        click.echo(text)
        return
    output.write_text(text + "\n", encoding="utf-8")
    click.echo(f"Written to {output}.")


@group.command("seal-anew")
def seal_anew() -> None:
    """Seal the secrets of second steps with the newest of SECRET_KEYS, before an older one is dropped."""
    begin_writing()
    done, lost = codes.seal_anew(secrets_of(current_app.config))
    db.session.commit()
    click.echo(f"{done} sealed with the newest key.")
    if lost:
        raise click.ClickException(f"{lost} cannot be opened with any of SECRET_KEYS: put the old key back, behind the new one.")


def _check_address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if not email_is_well_formed(normal_email(value)):
        raise click.BadParameter("write an e-mail address, such as name@example.org")
    return normal_email(value)


@group.command("create-admin")
@click.option("--email", prompt="E-mail", callback=_check_address, help="The address they sign in with.")
@click.option("--name", prompt="Name", help="How they are shown.")
@click.option("--password", prompt="Password", hide_input=True, confirmation_prompt=True, envvar="ADMIN_PASSWORD", help="Asked for where it is not given.")
def create_admin(email: str, name: str, password: str) -> None:
    """Make an administrator: the first one, or another when nobody can get in."""
    if fault := password_fault(password, personal=(name, email)):
        raise click.ClickException(fault)
    hashed = services.hash_password(password)
    begin_writing()
    try:
        services.create_person(email=email, name=name, facts={FactKind.ROLES: [Role.ADMIN]}, by=SYSTEM, now=clock.now(), password=hashed)
    except Refusal as refusal:
        raise _in_words(refusal) from None
    db.session.commit()
    click.echo(f"{email} is an administrator now. Sign in at {current_app.config['PUBLIC_URL']}/sign-in")


@group.command("create-client")
@click.option("--name", prompt="Name", help="Which program this is.")
@click.option("--scope", "scopes", multiple=True, type=click.Choice([scope.value for scope in SCOPES]), default=["access:read"], show_default=True)
def create_client(name: str, scopes: tuple[str, ...]) -> None:
    """Make a program and print its token, this once."""
    begin_writing()
    try:
        created = services.create_client(name=name, scopes=scopes, by=SYSTEM, now=clock.now())
    except Refusal as refusal:
        raise _in_words(refusal) from None
    db.session.commit()
    click.echo("Keep this token; it is not shown again:", err=True)
    click.echo(created.token)


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--make-teams", is_flag=True, help="Make the teams that the file names and that do not exist.")
@click.option("--invite", "is_inviting", is_flag=True, help="Mail the new people a link to choose their password.")
def import_people(file: Path, dry_run: bool, make_teams: bool, is_inviting: bool) -> None:
    """Make and change people as a CSV file says; all of it, or nothing.

    Columns: email, name, status, roles, team, languages, markets, time_zone, time_multiplier, extra_break_minutes,
    effective_on. Several values in a cell have blanks between. An empty cell changes nothing.
    """
    now = clock.now()
    lines, faults = read_people(_text_of(file))
    begin_writing()
    if make_teams:
        services.make_missing_teams((line.team for line in lines if line.team), by=SYSTEM, now=now)
    plan = services.plan_import(lines, zone=current_app.config["ORGANISATION_TIME_ZONE"], now=now)
    _stop_at([*faults, *plan.faults], file)
    _describe(plan)
    if dry_run:
        db.session.rollback()
        click.echo("A dry run: nothing was changed.")
        return
    site = Site(current_app.config["ORGANISATION_NAME"], current_app.config["PUBLIC_URL"]) if is_inviting else None
    services.carry_out_import(plan, inviting_to=site, by=SYSTEM, now=now)
    db.session.commit()
    click.echo("Done.")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{file}: byte {error.start} is not UTF-8. Save the file as “CSV UTF-8”.") from None


def _stop_at(faults: Iterable[LineFault], file: Path) -> None:
    found = sorted(faults)
    for fault in found:
        click.echo(f"{file}:{fault.line}: {fault.column}: {fault.message}", err=True)
    if found:
        raise click.ClickException(f"{len(found)} faults; nothing was changed." if len(found) > 1 else "One fault; nothing was changed.")


def _describe(plan: ImportPlan) -> None:
    for planned in plan.new:
        click.echo(f"new      {planned.email}")
    for planned in plan.changed:
        click.echo(f"changed  {planned.email}: {', '.join(sorted(kind.value for kind in planned.facts))}")
    click.echo(f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.people) - len(plan.new) - len(plan.changed)} as they were.")


def _in_words(refusal: Refusal) -> click.ClickException:
    return click.ClickException(words_for(refusal.reason, refusal.detail))
