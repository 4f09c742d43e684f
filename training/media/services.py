"""What this room does."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from training.db import db
from training.errors import Refusal
from training.media import files, queries
from training.media.models import MediaFile
from training.media.rules import LARGEST_BYTE_COUNT, LARGEST_SIDE, LONGEST_SECONDS, Box, Picture, PictureRefusal, Recording, RecordingRefusal, examine


def store(data: bytes, *, now: datetime) -> MediaFile:
    """Keep this picture or recording. The same bytes are kept once.

    Raises Refusal with a PictureRefusal or a RecordingRefusal where the bytes are neither a still PNG, JPEG or WebP picture nor a WebM or WAV recording
    within the limits.
    """
    found = _examined(data)
    digest = sha256(data).hexdigest()
    files.put(digest, data)
    if (known := queries.media_file(digest)) is not None:
        return known
    seconds = found.seconds if isinstance(found, Recording) else None
    file = MediaFile(sha256=digest, mime=found.mime, width=found.width, height=found.height, seconds=seconds, byte_count=len(data), stored_at=now)
    db.session.add(file)
    db.session.flush()
    return file


def store_upload(data: bytes, *, now: datetime) -> MediaFile:
    """Keep a picture or recording that somebody uploads. A picture is written anew first, so that its file holds what it shows and nothing else.

    Raises Refusal as `store` does.
    """
    from training.media.reencoding import encoded_anew  # noqa: PLC0415  # Brings Pillow along.

    found = _examined(data)
    if isinstance(found, Recording):
        return store(data, now=now)
    anew = encoded_anew(data, found)
    if isinstance(anew, PictureRefusal):
        raise _refusal(anew)
    return store(anew, now=now)


def store_covered(file: MediaFile, boxes: Sequence[Box], *, now: datetime) -> MediaFile:
    """Keep a stored picture anew with these boxes black. Raises Refusal where there are none, one lies outside, or it is no picture."""
    from training.media.reencoding import encoded_anew  # noqa: PLC0415  # Brings Pillow along.

    data = files.get(file.sha256)
    found = _examined(data)
    if isinstance(found, Recording):
        raise _refusal(PictureRefusal.UNKNOWN_KIND)
    if not boxes:
        raise _refusal(PictureRefusal.NO_BOX)
    if not all(box.is_within(found) for box in boxes):
        raise _refusal(PictureRefusal.BOX_OUTSIDE)
    anew = encoded_anew(data, found, boxes)
    if isinstance(anew, PictureRefusal):
        raise _refusal(anew)
    return store(anew, now=now)


def forget(file: MediaFile) -> None:
    """Let nobody find a file any more to which nothing leads; `forget_bytes` follows once that is certain."""
    db.session.delete(file)
    db.session.flush()


def forget_bytes(sha256: str) -> None:
    """Delete the bytes of a file that was forgotten; nothing where it is known, because it was stored again meanwhile."""
    if queries.media_file(sha256) is None:
        files.delete(sha256)


def _examined(data: bytes) -> Picture | Recording:
    found = examine(data)
    if isinstance(found, PictureRefusal | RecordingRefusal):
        raise _refusal(found)
    return found


def _refusal(reason: PictureRefusal | RecordingRefusal) -> Refusal:
    return Refusal(reason, largest_megabytes=LARGEST_BYTE_COUNT // 1_000_000, largest_side=LARGEST_SIDE, longest_minutes=LONGEST_SECONDS // 60)
