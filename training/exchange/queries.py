"""Which files were brought in, and what their rows would become."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from training.content_store.models import StoredDocument
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound
from training.exchange.models import ItemImport, ItemImportRow
from training.exchange.rules.states import ENDED, ImportState

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the rows of a file: how often which thing is lost, and how often which field is left to be filled in."""

    losses: tuple[tuple[str, int], ...]
    missing: tuple[tuple[str, int], ...]


def import_of(person_id: int, import_id: int) -> ItemImport:
    """A file that this person brought in. Raises NotFound: what is in it may be asked of anybody else."""
    found = db.session.get(ItemImport, import_id)
    if found is None or found.uploaded_by_id != person_id:
        raise NotFound
    return found


def import_for_change(person_id: int, import_id: int) -> ItemImport:
    """The same, as it is now, held until the deed is done."""
    found = db.session.scalar(select(ItemImport).where(ItemImport.id == import_id).with_for_update().execution_options(populate_existing=True))
    if found is None or found.uploaded_by_id != person_id:
        raise NotFound
    return found


def imports_of(person_id: int) -> Sequence[ItemImport]:
    """The files that this person brought in, the latest first."""
    return db.session.scalars(select(ItemImport).where(ItemImport.uploaded_by_id == person_id).order_by(ItemImport.id.desc()).limit(MOST_SHOWN)).all()


def next_waiting(*, left_alone_since: datetime, is_to_be_taken: bool = False) -> ItemImport | None:
    """The file that waits longest to be looked through, of those that no job is at or that one has left alone since then; locked where it is to be taken."""
    is_free = ItemImport.worked_at.is_(None) | (ItemImport.worked_at < left_alone_since)
    asked = select(ItemImport).where(ItemImport.state == ImportState.CHECKING.value, is_free).order_by(ItemImport.id).limit(1)
    asked = asked.with_for_update(skip_locked=True) if is_to_be_taken else asked
    return db.session.scalar(asked.execution_options(populate_existing=True))


def rows_of(import_id: int, *, with_faults: bool | None = None, skipped: int = 0, count: int | None = None) -> Sequence[ItemImportRow]:
    """Rows of a file in their order: those with faults, those without, or all."""
    asked = select(ItemImportRow).where(ItemImportRow.import_id == import_id)
    if with_faults is not None:
        asked = asked.where(ItemImportRow.has_faults.is_(with_faults))
    return db.session.scalars(asked.order_by(ItemImportRow.position).offset(skipped).limit(count)).all()


def tally_of(import_id: int) -> Tally:
    """What is lost and what is missing in all of its rows, the most frequent first."""
    losses: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    asked = select(ItemImportRow.losses, ItemImportRow.missing).where(ItemImportRow.import_id == import_id, ItemImportRow.has_faults.is_(False))
    for row_losses, row_missing in db.session.execute(asked):
        losses.update({what for what, _ in row_losses})
        missing.update(row_missing)
    return Tally(tuple(losses.most_common()), tuple(missing.most_common()))


def forget_rows(import_id: int) -> None:
    """Delete what its rows would have become."""
    db.session.execute(delete(ItemImportRow).where(ItemImportRow.import_id == import_id))


def tokens_in_use() -> frozenset[str]:
    """The names of files that something still waits for."""
    return frozenset(db.session.scalars(select(ItemImport.file_token).where(ItemImport.state.not_in([state.value for state in ENDED]))))


def stored_items(slugs: Sequence[str]) -> Sequence[StoredDocument]:
    """The items of these ids that run, by id."""
    asked = select(StoredDocument).where(StoredDocument.kind == Kind.ITEM.value, StoredDocument.slug.in_(slugs), StoredDocument.retired_at.is_(None))
    return db.session.scalars(asked.order_by(StoredDocument.slug)).all()


def item_slugs(*, sought: str, area: str) -> Sequence[str]:
    """The ids of items that run, with this in their id, and written about this area where one is said."""
    asked = select(StoredDocument.slug).where(StoredDocument.kind == Kind.ITEM.value, StoredDocument.retired_at.is_(None))
    if sought:
        asked = asked.where(StoredDocument.slug.contains(sought.lower(), autoescape=True))
    if area:
        asked = asked.where(StoredDocument.text.contains(f"\narea: {area}\n", autoescape=True))
    return db.session.scalars(asked.order_by(StoredDocument.slug)).all()


def personal_record(person_id: int) -> list[dict[str, Any]]:
    """The files that somebody brought in; not what they ask."""
    asked = select(ItemImport).where(ItemImport.uploaded_by_id == person_id).order_by(ItemImport.id)
    return [
        {"file": found.file_name, "kind": found.kind, "state": found.state, "rows": found.row_count, "uploaded_at": found.uploaded_at.isoformat()}
        for found in db.session.scalars(asked)
    ]
