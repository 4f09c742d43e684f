"""Which bytes are a picture or a recording that we store: read from the bytes alone, never from a name or a declared type."""

from enum import StrEnum
from pathlib import PurePosixPath

from training.media.rules import pictures, recordings
from training.media.rules.pictures import LARGEST_BYTE_COUNT, LARGEST_SIDE, PNG_SIGNATURE, Box, Mime, Picture, PictureRefusal
from training.media.rules.recordings import LONGEST_SECONDS, Recording, RecordingMime, RecordingRefusal

__all__ = [
    "LARGEST_BYTE_COUNT",
    "LARGEST_SIDE",
    "LONGEST_SECONDS",
    "PNG_SIGNATURE",
    "Box",
    "Medium",
    "Mime",
    "Picture",
    "PictureRefusal",
    "Recording",
    "RecordingMime",
    "RecordingRefusal",
    "examine",
    "medium_of",
    "without_metadata",
]


class Medium(StrEnum):
    """What a file is to whom it is shown."""

    PICTURE = "picture"
    VIDEO = "video"
    AUDIO = "audio"


SUFFIXES = {
    ".png": Medium.PICTURE,
    ".jpg": Medium.PICTURE,
    ".jpeg": Medium.PICTURE,
    ".webp": Medium.PICTURE,
    ".webm": Medium.VIDEO,
    ".wav": Medium.AUDIO,
}


def medium_of(name: str) -> Medium | None:
    """What a file of this name is meant to be. What it is, its bytes say."""
    return SUFFIXES.get(PurePosixPath(name).suffix.lower())


def examine(data: bytes) -> Picture | Recording | PictureRefusal | RecordingRefusal:
    """The picture or recording that these bytes are, or why they are not stored."""
    mime = recordings.mime_of(data)
    if mime is None or len(data) > LARGEST_BYTE_COUNT:
        return pictures.examine(data)
    return recordings.examine(data, mime)


def without_metadata(data: bytes) -> bytes:
    """The same file without what would tell its viewer where it comes from; recordings that say more than they show are never stored.

    `data` is a file that `examine` accepted.
    """
    return data if recordings.mime_of(data) else pictures.without_metadata(data)
