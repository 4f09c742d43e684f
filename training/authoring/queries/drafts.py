"""One draft: its text, who wrote it, and who has it open."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from training.authoring.models import IS_OPEN, Draft, DraftComment, DraftContributor, DraftReview, DraftRevision, DraftWindow
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound


def draft_by_id(draft_id: int) -> Draft:
    """This draft. Raises NotFound."""
    found = db.session.get(Draft, draft_id)
    if found is None:
        raise NotFound
    return found


def draft_for_change(draft_id: int) -> Draft:
    """The same, as it is now, held until the deed is done: of two deeds at once the second sees what the first did. Raises NotFound."""
    found = db.session.scalar(select(Draft).where(Draft.id == draft_id).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def open_draft_of(kind: Kind, slug: str) -> Draft | None:
    """The draft of this document that may still become what runs."""
    return db.session.scalar(select(Draft).where(Draft.kind == kind.value, Draft.slug == slug, IS_OPEN))


def contributors_of(draft_id: int) -> frozenset[int]:
    """Everybody who ever saved it."""
    return frozenset(db.session.scalars(select(DraftContributor.person_id).where(DraftContributor.draft_id == draft_id)))


def readers_of(draft_id: int) -> frozenset[int]:
    """Everybody who is known to have read it: who saved, reviewed or commented, or had its editor open."""
    reviews = select(DraftReview.reviewer_id).join(DraftRevision, DraftRevision.id == DraftReview.revision_id).where(DraftRevision.draft_id == draft_id)
    comments = select(DraftComment.by_id).where(DraftComment.draft_id == draft_id)
    windows = select(DraftWindow.person_id).where(DraftWindow.draft_id == draft_id)
    return contributors_of(draft_id) | frozenset((*db.session.scalars(reviews), *db.session.scalars(comments), *db.session.scalars(windows)))


def window_of(draft_id: int, client_id: str) -> DraftWindow | None:
    """One window in which it is open."""
    return db.session.scalar(select(DraftWindow).where(DraftWindow.draft_id == draft_id, DraftWindow.client_id == client_id))


def windows_of(draft_id: int, *, since: datetime) -> Sequence[DraftWindow]:
    """The windows that were heard since then, the latest first."""
    asked = select(DraftWindow).where(DraftWindow.draft_id == draft_id, DraftWindow.seen_at >= since)
    return db.session.scalars(asked.order_by(DraftWindow.seen_at.desc(), DraftWindow.id)).all()
