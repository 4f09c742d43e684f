"""`flask audit`: what an auditor asks of the chain itself, and of what was taken from it."""

from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import AppGroup, with_appcontext

from training import clock
from training.audit import services
from training.db import begin_writing, db

CheckPack = Callable[[Path, Path | None], tuple[list[str], bool]]
"""Checks a file that was taken from here, against a file of keys where one is given: what was found, in lines, and whether it holds."""


def audit_group(*, check_pack: CheckPack) -> click.Group:
    """The commands. What a pack says is for a room above this one to know."""
    group = AppGroup("audit", help="The record of who did what.")
    group.add_command(seal)

    @group.command("verify")
    @click.argument("file", metavar="[PACK.json]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option("--key", "keys", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The keys you trust, as a JSON Web Key Set in a file.")
    @click.option("--expect", metavar="POSITION:HASH", help="An earlier head of the chain that you noted elsewhere.")
    def verify(file: Path | None, keys: Path | None, expect: str | None) -> None:
        """Recompute the chain, or check an evidence pack; fail where either was tampered with.

        Without a file: the running chain. The head it prints proves the past: note it outside this system and give it to --expect another day.
        With a file: that pack alone, without database or network.
        """
        if file is None:
            if keys is not None:
                raise click.BadParameter("keys are for checking a pack; name its file", param_hint="--key")
            verify_chain(expect)
            return
        if expect is not None:
            raise click.BadParameter("a head is compared with the running chain; leave the file out", param_hint="--expect")
        lines, holds = check_pack(file, keys)
        for line in lines:
            click.echo(line)
        if not holds:
            raise click.ClickException("The pack does not hold.")
        click.echo("The pack holds.")

    return group


def verify_chain(expect: str | None) -> None:
    """Recompute the running chain; fail where it was tampered with."""
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


@click.command()
@with_appcontext
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
