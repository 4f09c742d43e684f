"""What is being written at the desk, and everything that runs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from training.accounts.queries import person_names
from training.authoring.models import IS_OPEN, Draft, DraftBatchMember, DraftContributor
from training.authoring.rules.documents import title_of
from training.content_store.models import StoredDocument
from training.content_store.rules.kinds import Kind
from training.db import db

MOST_SHOWN = 100
"""Of drafts in one list: more are not open at once."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft with the name of who began it."""

    draft: Draft
    author: str


@dataclass(frozen=True, slots=True)
class RunningDocument:
    """A document that runs, with its open draft where it has one."""

    kind: Kind
    slug: str
    path: str
    title: str
    is_retired: bool
    draft: Draft | None


def wrote(person_id: int) -> ColumnElement[bool]:
    """Of a draft: whether this person began it or ever saved it."""
    return or_(Draft.author_id == person_id, Draft.id.in_(select(DraftContributor.draft_id).where(DraftContributor.person_id == person_id)))


def has_written(person_id: int, draft_ids: Collection[int]) -> bool:
    """Whether this person wrote at any of these drafts."""
    return db.session.scalar(select(Draft.id).where(Draft.id.in_(draft_ids), wrote(person_id)).limit(1)) is not None


def my_drafts(person_id: int) -> list[Listed]:
    """The open drafts that somebody wrote at, the last saved first; those of batches are listed with their batch alone."""
    return _listed(wrote(person_id))


def drafts_of_others(person_id: int) -> list[Listed]:
    """The open drafts of colleagues, but for those of batches, the last saved first."""
    return _listed(~wrote(person_id))


def _listed(*conditions: ColumnElement[bool]) -> list[Listed]:
    is_alone = Draft.id.not_in(select(DraftBatchMember.draft_id))
    drafts = db.session.scalars(select(Draft).where(IS_OPEN, is_alone, *conditions).order_by(Draft.saved_at.desc(), Draft.id.desc()).limit(MOST_SHOWN)).all()
    names = person_names(draft.author_id for draft in drafts)
    return [Listed(draft, names.get(draft.author_id, "Somebody")) for draft in drafts]


def open_drafts_of(kind: Kind, slugs: Sequence[str]) -> dict[str, Draft]:
    """The open drafts of these documents, by their ids."""
    return {draft.slug: draft for draft in db.session.scalars(select(Draft).where(IS_OPEN, Draft.kind == kind.value, Draft.slug.in_(slugs)))}


def open_texts_of(kind: Kind) -> list[tuple[int, str, str]]:
    """Of every open draft of this kind its number, its document's id and its text, by number."""
    asked = select(Draft.id, Draft.slug, Draft.text).where(IS_OPEN, Draft.kind == kind.value).order_by(Draft.id)
    return [(draft_id, slug, text) for draft_id, slug, text in db.session.execute(asked)]


def running_documents(kind: Kind | None, sought: str, *, skipped: int, count: int) -> list[RunningDocument]:
    """Everything that runs, by kind and id: of one kind, and with these words in its id or, where that gives no exam away, in its text."""
    asked = select(StoredDocument)
    if kind is not None:
        asked = asked.where(StoredDocument.kind == kind.value)
    for word in sought.lower().split():
        is_open = StoredDocument.kind.not_in([Kind.ITEM.value, Kind.CASE.value])
        asked = asked.where(
            or_(func.lower(StoredDocument.slug).contains(word, autoescape=True), is_open & func.lower(StoredDocument.text).contains(word, autoescape=True))
        )
    rows = db.session.scalars(asked.order_by(StoredDocument.kind, StoredDocument.slug).offset(skipped).limit(count)).all()
    drafts = _open_drafts(rows)
    return [_running(row, drafts.get((row.kind, row.slug))) for row in rows]


def _open_drafts(rows: Sequence[StoredDocument]) -> dict[tuple[str, str], Draft]:
    found = db.session.scalars(select(Draft).where(IS_OPEN, Draft.slug.in_([row.slug for row in rows])))
    return {(draft.kind, draft.slug): draft for draft in found}


def _running(row: StoredDocument, draft: Draft | None) -> RunningDocument:
    kind = Kind(row.kind)
    return RunningDocument(kind, row.slug, row.path, title_of(kind, row.slug, row.text), row.retired_at is not None, draft)
