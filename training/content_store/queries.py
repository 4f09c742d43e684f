"""What is stored of the content folder."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path, PurePosixPath

from sqlalchemy import func, select

from training.content_store.documents.folder import FolderTexts, medium_in, read_texts
from training.content_store.documents.reading import ReadDocument, read_document
from training.content_store.models import StoredDocument, StoredMedium
from training.content_store.rules.folder import Folder, MediaSource
from training.content_store.rules.kinds import Kind, media_path
from training.db import Remembered, db
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


_READ: Remembered[tuple[str, str, str], ReadDocument] = Remembered(5_000)
"""What texts hold, by kind, path and text: reading the shipped content takes 0.3 s, and of what runs hardly anything differs from one look to the next."""


def is_named(media_file_id: int) -> bool:
    """Whether a stored picture or recording has a name by which documents that run can show it."""
    return db.session.scalar(select(StoredMedium.id).where(StoredMedium.media_file_id == media_file_id).limit(1)) is not None


def running_folder(kinds: Collection[Kind]) -> Folder:
    """What runs of these kinds, as the content folder would hold it; without what vanished from the folder."""
    names = [kind.value for kind in kinds]
    columns = (StoredDocument.kind, StoredDocument.path, StoredDocument.text)
    running = select(*columns).where(StoredDocument.kind.in_(names), StoredDocument.retired_at.is_(None))
    read = [known_document(Kind(kind), path, text) for kind, path, text in db.session.execute(running.order_by(StoredDocument.kind, StoredDocument.slug))]
    media = {name: media_source(name, file) for name, file in media_by_name().items()}
    sources = tuple(document.source for document in read if document.source)
    return Folder(sources, media, broken=tuple(document.broken for document in read if document.broken))


def known_document(kind: Kind, path: str, text: str) -> ReadDocument:
    """What a text of this kind holds, remembered."""
    key = (kind.value, path, text)
    return _READ.get(key) or _READ.put(key, read_document(PurePosixPath(path), text, kind))


def media_source(name: str, file: MediaFile) -> MediaSource:
    """A stored file as the content folder would hold it."""
    return MediaSource(name, media_path(name), file.sha256, _extent(file))


def _extent(file: MediaFile) -> tuple[float, ...]:
    return (file.seconds,) if file.seconds is not None else (float(file.width or 0), float(file.height or 0))


_MEDIA: Remembered[tuple[str, int, int], MediaSource] = Remembered(5_000)
"""Pictures and recordings of the folder by file, instant of their last change and size: reading them all again takes longer than all texts."""


def folder_texts(root: Path) -> FolderTexts:
    """Everything below the content folder, as it is on the disk now."""
    return read_texts(root, _known_medium)


def _known_medium(root: Path, path: PurePosixPath) -> MediaSource:
    state = (root / path).stat()
    key = (str(root / path), state.st_mtime_ns, state.st_size)
    return _MEDIA.get(key) or _MEDIA.put(key, medium_in(root, path))
