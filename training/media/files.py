"""Where the bytes of stored files lie: a folder, each file under the hash of its content."""

import os
import secrets
from pathlib import Path

from flask import current_app


def path_of(sha256: str) -> Path:
    """Where the file with this hash lies, if it does."""
    return Path(current_app.config["MEDIA_URL"]) / sha256[:2] / sha256


def draft_path() -> Path:
    """Where a file may be written that is not whole yet; `keep` makes it a stored one."""
    folder = Path(current_app.config["MEDIA_URL"])
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f".{secrets.token_hex(8)}"


def keep(draft: Path, sha256: str) -> None:
    """Store a file that is written and whole under its hash; the draft is gone then."""
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.replace(path)


def put(sha256: str, data: bytes) -> None:
    """Write these bytes, all or nothing. Writing the same file again changes nothing."""
    if path_of(sha256).exists():
        return
    draft = draft_path()
    draft.write_bytes(data)
    keep(draft, sha256)


def get(sha256: str) -> bytes:
    """The bytes of this file. Raises FileNotFoundError where the folder has lost it."""
    return path_of(sha256).read_bytes()
