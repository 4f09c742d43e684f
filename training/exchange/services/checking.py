"""A file looked through, a portion of its rows at a time: what each would become, and what is wrong with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, cast

from training.authoring.queries.batches import all_slugs
from training.cases.importing.records import BrokenFile
from training.cases.queries import area_titles
from training.content_store.rules.kinds import Kind
from training.courses.queries.modules import clause_codes_ever
from training.db import db
from training.exchange import queries
from training.exchange.files import FileKind, Terms, drafts_of
from training.exchange.models import ItemImport, ItemImportRow
from training.exchange.rules.drafting import Defaults, Drafted
from training.exchange.rules.states import ImportState

PORTION = 200
"""Rows that are noted at once, and told as progress."""
LEFT_ALONE = timedelta(minutes=2)
"""After this a job that set about a file has died, and another begins it anew."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that a job looks through: its id, its token, and how its rows are read."""

    import_id: int
    token: str
    kind: FileKind
    terms: Terms


def something_waits(*, now: datetime) -> bool:
    """Whether a file waits to be looked through; what is asked every second writes nothing."""
    return queries.next_waiting(left_alone_since=now - LEFT_ALONE) is not None


def take_waiting(*, now: datetime) -> Taken | None:
    """The file to be looked through, from its beginning; from now on this job's."""
    found = queries.next_waiting(left_alone_since=now - LEFT_ALONE, is_to_be_taken=True)
    if found is None:
        return None
    queries.forget_rows(found.id)
    found.worked_at, found.row_count, found.fault_count = now, 0, 0
    db.session.flush()
    return Taken(found.id, found.file_token, FileKind(found.kind), _terms(found.terms))


def _terms(said: Mapping[str, Any]) -> Terms:
    said_of_all = {**said["defaults"], "clauses": tuple(said["defaults"]["clauses"])}
    defaults = Defaults(**said_of_all, known_areas=frozenset(area_titles()), known_clauses=frozenset(clause_codes_ever()))
    return Terms(cast(Mapping[str, str], said["mapping"]), defaults, said["prefix"], all_slugs(Kind.ITEM))


def look_through(taken: Taken, path: Path) -> Iterator[Sequence[Drafted]]:
    """Its rows, a portion at a time. Raises BrokenFile, with the line, where it is read no further."""
    rows = drafts_of(path, taken.kind, taken.terms)
    while portion := list(islice(rows, PORTION)):
        yield portion


def note_rows(import_id: int, rows: Sequence[Drafted], *, since: int, now: datetime) -> bool:
    """Keep what these rows would become. Says no where the file was given up meanwhile."""
    found = db.session.get(ItemImport, import_id, with_for_update=True)
    if found is None or found.state != ImportState.CHECKING:
        return False
    db.session.add_all(_row(import_id, since + offset, row) for offset, row in enumerate(rows))
    found.row_count += len(rows)
    found.fault_count += sum(bool(row.faults) for row in rows)
    found.worked_at = now
    db.session.flush()
    return True


def _row(import_id: int, position: int, row: Drafted) -> ItemImportRow:
    return ItemImportRow(
        import_id=import_id,
        position=position,
        line=row.line,
        name=row.name[:200],
        slug=row.slug,
        kind=row.kind[:12],
        text=row.text,
        missing=list(row.missing),
        faults=[[fault.field, fault.problem[:400], fault.remedy[:400]] for fault in row.faults],
        losses=[[loss.what, loss.where[:200]] for loss in row.losses],
        has_faults=bool(row.faults),
    )


def checked_through(import_id: int) -> None:
    """Note that all of its rows are looked through."""
    found = db.session.get(ItemImport, import_id, with_for_update=True)
    if found is not None and found.state == ImportState.CHECKING:
        found.state = ImportState.CHECKED.value


def note_broken(import_id: int, broken: BrokenFile) -> None:
    """Note that it could be read no further: nothing of it comes in."""
    found = db.session.get(ItemImport, import_id, with_for_update=True)
    if found is None or found.state != ImportState.CHECKING:
        return
    queries.forget_rows(import_id)
    found.state, found.broken_line = ImportState.BROKEN.value, broken.line
    found.broken_problem, found.broken_remedy = broken.problem[:400], broken.remedy[:400]
