"""What this room does."""

from datetime import datetime
from hashlib import sha256

from training.db import db
from training.errors import Refusal
from training.media import files, queries
from training.media.models import MediaFile
from training.media.rules import LARGEST_BYTE_COUNT, LARGEST_SIDE, PictureRefusal, examine


def store(data: bytes, *, now: datetime) -> MediaFile:
    """Keep this picture. The same bytes are kept once.

    Raises Refusal with a PictureRefusal where the bytes are not a still PNG, JPEG or WebP picture within the limits.
    """
    picture = examine(data)
    if isinstance(picture, PictureRefusal):
        raise Refusal(picture, largest_megabytes=LARGEST_BYTE_COUNT // 1_000_000, largest_side=LARGEST_SIDE)
    digest = sha256(data).hexdigest()
    files.put(digest, data)
    if (known := queries.media_file(digest)) is not None:
        return known
    file = MediaFile(sha256=digest, mime=picture.mime, width=picture.width, height=picture.height, byte_count=len(data), stored_at=now)
    db.session.add(file)
    db.session.flush()
    return file
