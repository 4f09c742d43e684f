"""`flask cases import`: real cases from elsewhere, as drafts, as documents or as cases."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path
from secrets import token_bytes
from typing import NoReturn, Protocol

import click
from flask.cli import AppGroup

from training import clock
from training.actors import SYSTEM, Actor
from training.audit.services import salt as audit_salt
from training.cases.commands.telling import MOST_LINES, counted, outcome_lines, summary_lines
from training.cases.importing.mapping import ReadMapping, Unmapped
from training.cases.importing.soundness import Vocabulary
from training.cases.services import foreign as services
from training.cases.services.foreign import Checked, HeldBack, NotWritten, Ready
from training.db import begin_writing, db
from training.documents.faults import Fault
from training.web.wording import words_for

CASES_AT_ONCE = 100
"""So many are published in one transaction: others may write in between."""

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Publish(Protocol):
    """Makes a case's document what runs, in the room that keeps documents."""

    def __call__(self, path: str, slug: str, text: str, *, by: Actor, now: datetime) -> None:
        """Do it."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be done with a file, and how much of it is told."""

    is_dry: bool
    is_faulty_left_out: bool
    is_published: bool
    folder: Path | None
    most_lines: int | None


def cases_group(*, publish: Publish) -> AppGroup:
    """The commands. Documents live in a room above this one, so publishing one is given."""
    group = AppGroup("cases", help="Historical cases: bring real ones in.")

    @group.command("import")
    @click.argument("file", type=FILE)
    @click.option("--mapping", type=FILE, required=True, help="Which column is which field: docs/case-import.md.")
    @click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
    @click.option("--leave-out-faulty", is_flag=True, help="Bring the other rows in where some have faults; else nothing is.")
    @click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Write whole cases as documents into this folder.")
    @click.option("--publish", "is_published", is_flag=True, help="Let whole cases run in the practice pool at once.")
    @click.option("--all", "is_told_all", is_flag=True, help=f"List everything; else {MOST_LINES} lines of each kind.")
    def import_cases(file: Path, mapping: Path, dry_run: bool, leave_out_faulty: bool, folder: Path | None, is_published: bool, is_told_all: bool) -> None:  # noqa: PLR0913  # Each is an option of the command line.
        """Bring cases in from a CSV, JSONL, XLSX or Label Studio FILE as drafts, without personal data.

        A draft is neither practised nor examined. Where everything that a case needs is known, --to or --publish make it one.
        """
        if folder is not None and is_published:
            raise click.UsageError("--to and --publish exclude one another: documents of a folder run once `flask content apply` brings them in.")
        _import(file, mapping, Wishes(dry_run, leave_out_faulty, is_published, folder, None if is_told_all else MOST_LINES), publish)

    return group


def _import(file: Path, mapping_file: Path, wishes: Wishes, publish: Publish) -> None:
    mapping, vocabulary = _understood(mapping_file)
    with closing(_gathered(file, mapping, vocabulary, wishes)) as checked:
        for line in summary_lines(checked, wishes.most_lines):
            click.echo(line)
        _refuse_faults(checked, wishes)
        if wishes.is_dry:
            for line in outcome_lines(services.deeds(checked)):
                click.echo(line)
            click.echo("A dry run: nothing was changed.")
            if checked.row_faults and not wishes.is_faulty_left_out:
                raise click.ClickException("Rows with faults, listed above, would keep everything out; --leave-out-faulty brings the others in.")
            return
        begin_writing()
        done = services.bring_in(checked, by=SYSTEM, now=clock.now())
        db.session.commit()
    for line in outcome_lines(done):
        click.echo(line)
    _make_cases(mapping.document.source, vocabulary, wishes, publish)


def _understood(mapping_file: Path) -> tuple[ReadMapping, Vocabulary]:
    try:
        return services.understand(mapping_file)
    except Unmapped as unmapped:
        _stop_at(unmapped.faults)


def _gathered(file: Path, mapping: ReadMapping, vocabulary: Vocabulary, wishes: Wishes) -> Checked:
    salt = token_bytes(32)
    if not wishes.is_dry:
        begin_writing()
        salt = audit_salt(now=clock.now())
        db.session.commit()
    return services.gather(file, mapping, vocabulary, salt=salt, heard=partial(click.echo, err=True))


def _refuse_faults(checked: Checked, wishes: Wishes) -> None:
    if checked.file_faults:
        _stop_at([*checked.row_faults, *checked.file_faults])
    if checked.row_faults and not wishes.is_faulty_left_out and not wishes.is_dry:
        _stop_at(checked.row_faults, "or leave those rows out with --leave-out-faulty")
    for fault in checked.row_faults:
        click.echo(str(fault), err=True)


def _stop_at(faults: Iterable[Fault], remedy: str = "") -> NoReturn:
    found = list(faults)
    for fault in found:
        click.echo(str(fault), err=True)
    raise click.ClickException(
        f"{counted(len(found), 'fault')}; nothing was changed." + (f" Mend {'it' if len(found) == 1 else 'them'}, {remedy}." if remedy else "")
    )


def _make_cases(source: str, vocabulary: Vocabulary, wishes: Wishes, publish: Publish) -> None:
    if wishes.folder is None and not wishes.is_published:
        return
    found = list(services.ready_cases(source, vocabulary))
    held, ready = [case for case in found if isinstance(case, HeldBack)], [case for case in found if isinstance(case, Ready)]
    for case in held[: wishes.most_lines]:
        click.echo(f"Held back: {words_for(case.reason, {'case': case.key})}")
    if len(held) > len(held[: wishes.most_lines]):
        click.echo(f"… and {len(held) - len(held[: wishes.most_lines]):,} more held back.")
    if wishes.folder is not None:
        _write(wishes.folder, ready)
    else:
        _publish(ready, publish)


def _write(folder: Path, ready: list[Ready]) -> None:
    try:
        written = services.write_documents(folder, ready)
    except NotWritten as refused:
        for path in refused.paths:
            click.echo(f"{path}: says something else", err=True)
        raise click.ClickException("No document was written; the drafts are stored. Choose another folder, or move these files away.") from None
    except OSError as error:
        raise click.ClickException(
            f"{folder}: {error.strerror}. The drafts are stored; the same command again writes the documents that are missing."
        ) from None
    click.echo(f"{counted(len(written), 'document')} written to {folder}, {len(ready) - len(written):,} were there already.")


def _publish(ready: list[Ready], publish: Publish) -> None:
    waiting = iter(ready)
    count = 0
    while part := list(islice(waiting, CASES_AT_ONCE)):
        begin_writing()
        for case in part:
            publish(case.path, case.slug, case.text, by=SYSTEM, now=clock.now())
        db.session.commit()
        count += len(part)
        if count < len(ready):
            click.echo(f"{count:,} of {len(ready):,} published", err=True)
    click.echo(f"{counted(count, 'case')} published to the practice pool. `flask content export` writes documents of what runs into the content folder.")
