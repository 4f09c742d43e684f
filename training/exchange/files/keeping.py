"""Where uploaded files lie until they are looked through: a folder of their own beside the stored files, which every web host and host of jobs reaches."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from flask import current_app

PIECE = 1_048_576


def _folder() -> Path:
    folder = Path(current_app.config["MEDIA_URL"]) / "imports"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def path_of(token: str) -> Path:
    """The file of this name."""
    return _folder() / token


def keep(token: str, stream: BinaryIO) -> tuple[str, int]:
    """Keep what is uploaded, piece by piece; its SHA-256 and how many bytes it has."""
    digest, count = hashlib.sha256(), 0
    with path_of(token).open("wb") as file:
        while piece := stream.read(PIECE):
            digest.update(piece)
            count += len(piece)
            file.write(piece)
    return digest.hexdigest(), count


def remove(token: str) -> None:
    """Forget it."""
    path_of(token).unlink(missing_ok=True)


def lying_since(instant: datetime) -> Iterator[str]:
    """Every file that lies there since then or longer: one that is being uploaded is younger."""
    return (path.name for path in _folder().iterdir() if path.stat().st_mtime <= instant.timestamp())
