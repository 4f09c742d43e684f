"""`flask content check | plan | apply | export`."""

from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from training import clock
from training.accounts.queries import person_by_email
from training.actors import SYSTEM
from training.content_store.queries import wait_for_other_syncs
from training.content_store.rules.folder import Folder
from training.content_store.rules.references.translations import behind_in
from training.content_store.services import gather
from training.content_sync import services
from training.content_sync.rules import Deed, Plan
from training.content_sync.services import NotApplied, NotApproved, NotExported, Proposal
from training.db import begin_writing, db
from training.documents.faults import Fault
from training.policy_changes.queries import approval_of, proposal_of
from training.policy_changes.services.reviewing import lay_before_people
from training.policy_changes.services.telling import lines_of
from training.web.wording import words_for

group = AppGroup("content", help="The content folder, which the training team keeps in git.")

SIGNS = {Deed.CREATE: "+", Deed.UPDATE: "~", Deed.REWRITE: "·", Deed.RESTORE: "+", Deed.RETIRE: "-", Deed.KEEP: "!", Deed.CONFLICT: "!"}
MEANINGS = {
    Deed.CREATE: "is new",
    Deed.UPDATE: "makes a new version",
    Deed.REWRITE: "says the same in another text or file",
    Deed.RESTORE: "is back in the folder",
    Deed.RETIRE: "is no longer in the folder; it stays in force where it is used",
    Deed.KEEP: "was changed outside the folder and is kept; `flask content export` writes it into the folder",
    Deed.CONFLICT: "was changed on the web and in the folder; export into another folder, merge, or take the folder's text with --theirs",
}


WHO_WROTE_IT = "Say who wrote it, and somebody else approves it: `flask content apply --author name@example.org`."
CAPS = "the caps on exposure and sharing bind from 4 on, below they only warn"


def _folder() -> Path:
    return Path(current_app.config["CONTENT_DIR"])


def _stop(message: str) -> NoReturn:
    click.echo(message, err=True)
    raise SystemExit(1)


def _refuse_faults(faults: Iterable[Fault], root: Path) -> None:
    found = list(faults)
    for fault in found:
        click.echo(str(fault))
    if found:
        _stop(f"{len(found)} fault{'s' if len(found) > 1 else ''} in {root}. Nothing was changed.")


def _tell(plan: Plan) -> None:
    for step in plan.of(*SIGNS):
        click.echo(f"{SIGNS[step.deed]} {step.name.kind} {step.name.slug} ({step.path}) {MEANINGS[step.deed]}")
    same = len(plan.of(Deed.SAME, Deed.AGREE))
    click.echo(f"{len(plan.steps) - same} to look at, {same} unchanged." if same < len(plan.steps) else f"No change: {same} documents are as they run.")


def _tell_translations_behind(folder: Folder) -> None:
    for each in behind_in(folder):
        problem = f"follows {each.follows}, and {each.follows.slug} is at {each.current}"
        click.echo(f"! {each.translation.path}: {problem}: bring the text up to date and write `translates: {each.follows.slug}@{each.current}`")


@group.command("check")
def check() -> None:
    """Report every fault of the content folder, by file and line. Needs no database."""
    root = _folder()
    folder = gather(root)
    _refuse_faults(folder.faults, root)
    click.echo(f"{root}: {len(folder.sources)} documents, {len(folder.media)} pictures and recordings, all sound.")
    _tell_translations_behind(folder)


@group.command("plan")
@click.option("--theirs", is_flag=True, help="Take the folder's text over what was changed on the web.")
def plan(theirs: bool) -> None:
    """Say what `apply` would change."""
    proposal = services.propose(_folder(), folder_wins=theirs)
    _refuse_faults(proposal.faults, proposal.root)
    _tell(proposal.plan)
    _tell_translations_behind(proposal.folder)
    for line in lines_of(proposal.changes, rekeyed=proposal.rekeyed, now=clock.now()):
        click.echo(line)
    if proposal.needs_approval and approval_of(proposal.digest) is None:
        click.echo("A second person approves it before it is published: `flask content apply --author …` lays it before them.")


def _lay_before_people(proposal: Proposal, author: str | None) -> NoReturn:
    """Let the plan wait for a second person, and say where."""
    known = proposal_of(proposal.digest)
    if known is None:
        found = person_by_email(author) if author else None
        if found is None:
            _stop(f"Nothing was changed: this plan changes what policies ask of people. {WHO_WROTE_IT if not author else f'Nobody has the address {author}.'}")
        site_url = current_app.config["PUBLIC_URL"]
        how = {"rekeyed": proposal.rekeyed, "author_id": found.id, "site_url": site_url}
        known = lay_before_people(proposal.digest, proposal.changes, **how, now=clock.now())
        db.session.commit()
    address = f"{current_app.config['PUBLIC_URL']}/policy-changes/plans/{known.id}"
    _stop(f"Nothing was changed: this plan waits for somebody other than its author at {address}. Apply it again once it is approved.")


@group.command("apply")
@click.option("--theirs", is_flag=True, help="Take the folder's text over what was changed on the web.")
@click.option("--author", help="Whose change of policy it is, by e-mail address: somebody else approves it.")
def apply(theirs: bool, author: str | None) -> None:
    """Bring the content folder in: all of it, or nothing. A change of policy first waits for a second person."""
    begin_writing()
    wait_for_other_syncs()
    proposal = services.propose(_folder(), folder_wins=theirs)
    _refuse_faults(proposal.faults, proposal.root)
    _tell(proposal.plan)
    if proposal.plan.of(Deed.CONFLICT):
        _stop("Nothing was changed: some documents were changed in both places.")
    try:
        site_url, allow_public = current_app.config["PUBLIC_URL"], current_app.config["ALLOW_PUBLIC_ITEMS"]
        services.apply(proposal, allow_public=allow_public, site_url=site_url, by=SYSTEM, now=clock.now())
    except NotApproved:
        _lay_before_people(proposal, author)
    except NotApplied as refused:
        db.session.rollback()
        for path, refusal in refused.refusals:
            click.echo(f"{path}:1: {words_for(refusal.reason, refusal.detail)}")
        _stop("Nothing was changed.")
    db.session.commit()
    for document, worth in services.small_banks(proposal):
        click.echo(f"! exam {document.id}: the bank holds {worth.forms:.1f} forms' worth{f' by the quota {worth.scarcest}' if worth.scarcest else ''}; {CAPS}")
    for document, count in services.missing_pilots(proposal):
        click.echo(
            f"! exam {document.id}: `pilot_items` asks for {document.pilot_items}, and the bank holds {count} on trial that fit; write more, or ask for fewer"
        )
    if not proposal.plan.is_empty:
        click.echo("Applied.")


@group.command("export")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="The folder to write into; else the content folder.")
@click.option("--overwrite", is_flag=True, help="Write over files that say something else.")
def export(to: Path | None, overwrite: bool) -> None:
    """Write what runs back into the content folder."""
    try:
        written = services.export(to or _folder(), is_overwriting=overwrite)
    except NotExported as refused:
        for path in refused.paths:
            click.echo(f"{path}: says something that was never brought in")
        _stop("Nothing was written. Apply the folder first, export --to another folder, or write over it with --overwrite.")
    for path in written:
        click.echo(path)
    click.echo(f"{len(written)} files written to {to or _folder()}.")
