"""Drafts that stand together: which batches there are, and where the drafts of each stand."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from training.accounts.queries import person_names
from training.authoring.models import IS_OPEN, Draft, DraftBatch, DraftBatchMember
from training.authoring.rules.states import DraftState
from training.content_store.models import StoredDocument
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound

MOST_BATCHES = 50
"""Of batches in one list, the latest first."""


@dataclass(frozen=True, slots=True)
class ListedBatch:
    """A batch with the name of who began it, and how many of its drafts stand where."""

    batch: DraftBatch
    author: str
    counts: Mapping[DraftState, int]


def batch_by_id(batch_id: int) -> DraftBatch:
    """This batch. Raises NotFound."""
    found = db.session.get(DraftBatch, batch_id)
    if found is None:
        raise NotFound
    return found


def batch_of(draft_id: int) -> DraftBatch | None:
    """The batch that a draft belongs to; nothing of one that stands by itself."""
    return db.session.scalar(select(DraftBatch).join(DraftBatchMember, DraftBatchMember.batch_id == DraftBatch.id).where(DraftBatchMember.draft_id == draft_id))


def drafts_of_batch(batch_id: int, *, skipped: int, count: int) -> Sequence[Draft]:
    """Some of its drafts, in their order."""
    asked = select(Draft).join(DraftBatchMember, DraftBatchMember.draft_id == Draft.id).where(DraftBatchMember.batch_id == batch_id)
    return db.session.scalars(asked.order_by(DraftBatchMember.position).offset(skipped).limit(count)).all()


def size_of(batch_id: int) -> int:
    """How many drafts it has."""
    return db.session.scalar(select(func.count()).select_from(DraftBatchMember).where(DraftBatchMember.batch_id == batch_id)) or 0


def counts_of(batch_id: int) -> dict[DraftState, int]:
    """How many of its drafts stand where."""
    return _counts([batch_id]).get(batch_id, {})


def _counts(batch_ids: Collection[int]) -> dict[int, dict[DraftState, int]]:
    asked = select(DraftBatchMember.batch_id, Draft.state, func.count()).join(Draft, Draft.id == DraftBatchMember.draft_id)
    rows = db.session.execute(asked.where(DraftBatchMember.batch_id.in_(batch_ids)).group_by(DraftBatchMember.batch_id, Draft.state))
    counts: dict[int, dict[DraftState, int]] = {}
    for batch_id, state, number in rows:
        counts.setdefault(batch_id, {})[DraftState(state)] = number
    return counts


def open_batches() -> list[ListedBatch]:
    """The batches of which a draft is still open, the latest first."""
    is_open = select(Draft.id).join(DraftBatchMember, DraftBatchMember.draft_id == Draft.id).where(DraftBatchMember.batch_id == DraftBatch.id, IS_OPEN)
    batches = db.session.scalars(select(DraftBatch).where(is_open.exists()).order_by(DraftBatch.id.desc()).limit(MOST_BATCHES)).all()
    names, counts = person_names(batch.begun_by_id for batch in batches), _counts([batch.id for batch in batches])
    return [ListedBatch(batch, names.get(batch.begun_by_id, "Somebody"), counts.get(batch.id, {})) for batch in batches]


def slugs_taken(kind: Kind, slugs: Collection[str]) -> frozenset[str]:
    """Those of these ids that a document or an open draft has."""
    stored = select(StoredDocument.slug).where(StoredDocument.kind == kind.value, StoredDocument.slug.in_(slugs))
    begun = select(Draft.slug).where(Draft.kind == kind.value, IS_OPEN, Draft.slug.in_(slugs))
    return frozenset((*db.session.scalars(stored), *db.session.scalars(begun)))


def all_slugs(kind: Kind) -> frozenset[str]:
    """Every id that a document or an open draft of this kind has."""
    stored = select(StoredDocument.slug).where(StoredDocument.kind == kind.value)
    return frozenset((*db.session.scalars(stored), *db.session.scalars(select(Draft.slug).where(Draft.kind == kind.value, IS_OPEN))))
