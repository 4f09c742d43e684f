"""What this room can be asked."""

from collections.abc import Iterable

from sqlalchemy import select

from training.db import db
from training.media.models import MediaFile


def media_file(sha256: str) -> MediaFile | None:
    """The stored file with this hash."""
    return db.session.scalar(select(MediaFile).where(MediaFile.sha256 == sha256))


def media_file_by_id(media_id: int) -> MediaFile | None:
    """The stored file with this id."""
    return db.session.get(MediaFile, media_id)


def media_files(media_ids: Iterable[int]) -> dict[int, MediaFile]:
    """The stored files with these ids, by id."""
    found = db.session.scalars(select(MediaFile).where(MediaFile.id.in_(list(media_ids))))
    return {file.id: file for file in found}
