"""What this room does."""

from datetime import datetime
from hashlib import sha256

from training.db import db
from training.errors import Refusal
from training.media import files, queries
from training.media.models import MediaFile
from training.media.rules import LARGEST_BYTE_COUNT, LARGEST_SIDE, LONGEST_SECONDS, PictureRefusal, Recording, RecordingRefusal, examine


def store(data: bytes, *, now: datetime) -> MediaFile:
    """Keep this picture or recording. The same bytes are kept once.

    Raises Refusal with a PictureRefusal or a RecordingRefusal where the bytes are neither a still PNG, JPEG or WebP picture nor a WebM or WAV recording
    within the limits.
    """
    found = examine(data)
    if isinstance(found, PictureRefusal | RecordingRefusal):
        raise Refusal(found, largest_megabytes=LARGEST_BYTE_COUNT // 1_000_000, largest_side=LARGEST_SIDE, longest_minutes=LONGEST_SECONDS // 60)
    digest = sha256(data).hexdigest()
    files.put(digest, data)
    if (known := queries.media_file(digest)) is not None:
        return known
    seconds = found.seconds if isinstance(found, Recording) else None
    file = MediaFile(sha256=digest, mime=found.mime, width=found.width, height=found.height, seconds=seconds, byte_count=len(data), stored_at=now)
    db.session.add(file)
    db.session.flush()
    return file
