"""The files of a draft: what each is called, and which kinds of document show which."""

from collections.abc import Mapping

from training.content_store.rules.kinds import Kind
from training.media.rules import Mime, RecordingMime

MOST_FILES = 60
"""Of one draft."""
SHORT_SLUG, SHORT_HASH = 40, 12
"""Characters of a document's id and of a file's hash that its name has."""
SUFFIXES: Mapping[str, str] = {
    Mime.PNG: ".png",
    Mime.JPEG: ".jpg",
    Mime.WEBP: ".webp",
    RecordingMime.WEBM: ".webm",
    RecordingMime.WAV: ".wav",
}
KINDS_WITH_RECORDINGS = frozenset({Kind.CASE, Kind.ITEM})
"""The others that show files show pictures alone."""


def cited_name(slug: str, sha256: str, mime: str) -> str:
    """How a document cites a file: by its own id and by what the file holds, so that a name never comes to mean another file, and tells nothing."""
    return f"media/{slug[:SHORT_SLUG].rstrip('-')}-{sha256[:SHORT_HASH]}{SUFFIXES[mime]}"
