"""One minimal valid row per model of this room, and real bytes of every kind."""

from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import factory
from PIL import Image

from training.db import db
from training.media.models import MediaFile


def picture_bytes(kind: str = "PNG", *, size: tuple[int, int] = (4, 3), **options: object) -> bytes:
    """A real picture of this kind, of one grey."""
    file = BytesIO()
    Image.new("RGB", size, (90, 90, 90)).save(file, kind, **options)
    return file.getvalue()


class MediaFileFactory(factory.alchemy.SQLAlchemyModelFactory):
    class Meta:
        model = MediaFile
        sqlalchemy_session_factory = lambda: db.session  # noqa: E731
        sqlalchemy_session_persistence = "commit"

    sha256 = factory.Sequence(lambda number: sha256(str(number).encode()).hexdigest())
    mime = "image/png"
    width = 4
    height = 3
    byte_count = 70
    stored_at = datetime(2026, 1, 5, tzinfo=UTC)
