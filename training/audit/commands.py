"""`flask audit`: what an auditor asks of the chain itself."""

import click
from flask.cli import AppGroup

from training import clock
from training.audit import services
from training.db import begin_writing, db

group = AppGroup("audit", help="The record of who did what.")


@group.command()
@click.option("--expect", metavar="POSITION:HASH", help="An earlier head of the chain that you noted elsewhere.")
def verify(expect: str | None) -> None:
    """Recompute the chain; fail where it was tampered with.

    The head it prints proves the past: note it outside this system and give it to --expect another day.
    """
    found = services.verify()
    faults = list(found.chain.faults)
    if expect:
        faults.extend(_fault_of_head(expect))
    for fault in faults:
        click.echo(fault, err=True)
    click.echo(f"{found.chain.length} entries sealed, {found.unsealed_count} not sealed yet.")
    click.echo(f"Head: {found.chain.length}:{found.chain.head}")
    if faults:
        raise click.ClickException(f"The audit does not hold: {len(faults)} faults.")
    click.echo("The chain holds.")


@group.command()
def seal() -> None:
    """Seal what waits, now; the job does so every five seconds."""
    begin_writing()
    count = services.seal(now=clock.now(), limit=1_000_000)
    db.session.commit()
    click.echo(f"{count} entries sealed.")


def _fault_of_head(expect: str) -> list[str]:
    position, _, wanted = expect.partition(":")
    if not position.isdigit() or len(wanted) != 64:
        raise click.BadParameter("write it as it was printed, POSITION:HASH", param_hint="--expect")
    if services.hash_at(int(position)) == wanted:
        return []
    return [f"Position {position}: the chain has another hash there than you noted, or ends before."]
