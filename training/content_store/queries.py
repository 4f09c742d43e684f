"""What is stored of the content folder."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from training.content_store.models import StoredDocument, StoredMedium
from training.content_store.rules.kinds import Kind
from training.db import db
from training.media.models import MediaFile

SYNC_LOCK = 7_203_114
"""Any number that nothing else locks."""


def wait_for_other_syncs() -> None:
    """Two folders are never brought in at once: the second waits until the first is done. SQLite's single writer sees to it by itself."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(SYNC_LOCK)))


def stored_documents() -> Sequence[StoredDocument]:
    """Every stored document, by kind and id."""
    return db.session.scalars(select(StoredDocument).order_by(StoredDocument.kind, StoredDocument.slug)).all()


def stored_document(kind: Kind, slug: str) -> StoredDocument | None:
    """One stored document."""
    return db.session.scalar(select(StoredDocument).where(StoredDocument.kind == kind.value, StoredDocument.slug == slug))


def stored_medium(name: str) -> StoredMedium | None:
    """One stored picture or recording."""
    return db.session.scalar(select(StoredMedium).where(StoredMedium.name == name))


def media_by_name() -> Mapping[str, MediaFile]:
    """The media file of every stored picture and recording, by the name that documents call it."""
    rows = db.session.execute(select(StoredMedium.name, MediaFile).join(MediaFile, StoredMedium.media_file_id == MediaFile.id).order_by(StoredMedium.name))
    return {name: file for name, file in rows}  # noqa: C416
