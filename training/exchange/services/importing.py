"""A file on its way in: taken up, told what holds for all of it, made into drafts at once, or given up."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from training.actors import Actor
from training.audit.services import record
from training.authoring.services import begin_batch
from training.cases.importing.records import BrokenFile
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import Refusal
from training.exchange import queries
from training.exchange.files import columns_of, recognised
from training.exchange.files.reading import TABLES
from training.exchange.models import ItemImport
from training.exchange.rules.states import ExchangeRefusal, ImportState

LONGEST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent: where it lies, under which token, what its uploader calls it, its SHA-256 and its bytes."""

    path: Path
    token: str
    name: str
    sha256: str
    byte_count: int


def bring_in(upload: Upload, *, by: Actor, now: datetime) -> ItemImport:
    """Take a file up that is recognised as one that is read. Raises Refusal with the line and the reason."""
    assert by.id is not None, "people bring files in"
    try:
        kind = recognised(upload.path)
        columns = list(columns_of(upload.path, kind)) if kind in TABLES else []
    except BrokenFile as broken:
        raise Refusal(ExchangeRefusal.FILE_BROKEN, line=broken.line, problem=broken.problem, remedy=broken.remedy) from None
    found = ItemImport(file_token=upload.token, file_name=upload.name[:200], sha256=upload.sha256, byte_count=upload.byte_count)
    found.kind, found.columns, found.terms = kind.value, columns, {}
    found.state, found.uploaded_by_id, found.uploaded_at = ImportState.UPLOADED.value, by.id, now
    db.session.add(found)
    db.session.flush()
    record("items.uploaded", by=by, subject=("item_import", found.id), now=now, detail={"kind": kind.value, "sha256": upload.sha256})
    return found


def say_terms(found: ItemImport, terms: dict[str, object], *, by: Actor, now: datetime) -> None:
    """Say what holds for all of its rows, and let a job look through them. Raises Refusal where that is not what it waits for."""
    if found.state not in {ImportState.UPLOADED, ImportState.CHECKED}:
        raise Refusal(ExchangeRefusal.NOT_IN_THIS_STATE)
    queries.forget_rows(found.id)
    found.terms, found.state, found.worked_at = terms, ImportState.CHECKING.value, None
    found.row_count = found.fault_count = 0
    record("items.import_described", by=by, subject=("item_import", found.id), now=now)
    db.session.flush()


def make_drafts(found: ItemImport, *, leaves_out: bool, by: Actor, now: datetime) -> int:
    """Make drafts of all of its rows at once, or none; the id of their batch. With `leaves_out`, of all but those with faults.

    Raises Refusal where it is not looked through, where rows have faults that are not to be left out, and where an id was taken meanwhile.
    """
    if found.state != ImportState.CHECKED:
        raise Refusal(ExchangeRefusal.NOT_IN_THIS_STATE)
    if found.fault_count and not leaves_out:
        raise Refusal(ExchangeRefusal.HAS_FAULTS)
    texts = [(row.slug, row.text) for row in queries.rows_of(found.id, with_faults=False)]
    if not texts:
        raise Refusal(ExchangeRefusal.NOTHING_SOUND)
    batch = begin_batch(Kind.ITEM, found.file_name, texts, by=by, now=now)
    found.state, found.batch_id = ImportState.DRAFTED.value, batch.id
    detail = {"batch": batch.id, "drafts": len(texts), "left_out": found.fault_count, "sha256": found.sha256}
    record("items.imported", by=by, subject=("item_import", found.id), now=now, detail=detail)
    db.session.flush()
    return batch.id


def give_up(found: ItemImport, *, by: Actor, now: datetime) -> None:
    """Bring nothing of it in, and forget its rows. Raises Refusal where it has ended already."""
    if found.state not in {ImportState.UPLOADED, ImportState.CHECKING, ImportState.CHECKED}:
        raise Refusal(ExchangeRefusal.NOT_IN_THIS_STATE)
    queries.forget_rows(found.id)
    found.state = ImportState.GIVEN_UP.value
    record("items.import_given_up", by=by, subject=("item_import", found.id), now=now)
    db.session.flush()
