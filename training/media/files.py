"""Where the bytes of media files lie: a folder, each file under the hash of its content."""

import os
import secrets
from pathlib import Path

from flask import current_app


def _path(sha256: str) -> Path:
    return Path(current_app.config["MEDIA_URL"]) / sha256[:2] / sha256


def put(sha256: str, data: bytes) -> None:
    """Write these bytes, all or nothing. Writing the same file again changes nothing."""
    path = _path(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{secrets.token_hex(8)}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def get(sha256: str) -> bytes:
    """The bytes of this file. Raises FileNotFoundError where the folder has lost it."""
    return _path(sha256).read_bytes()


def delete(sha256: str) -> None:
    """Delete the bytes of this file; nothing where there are none."""
    _path(sha256).unlink(missing_ok=True)
