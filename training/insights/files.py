"""Where packs lie: a folder of their own beside the stored files, which every web host and every host of jobs reaches. Without a pack's row its files go."""

import os
from collections.abc import Iterator
from pathlib import Path

from flask import current_app

DRAFT, SIGNED, PAPER = ".draft", ".json", ".pdf"


def _folder() -> Path:
    folder = Path(current_app.config["MEDIA_URL"]) / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def draft_of(number: str) -> Path:
    """What is told of people so far."""
    return _folder() / f"{number}{DRAFT}"


def signed_of(number: str) -> Path:
    """The signed file."""
    return _folder() / f"{number}{SIGNED}"


def paper_of(number: str) -> Path:
    """The same to be read."""
    return _folder() / f"{number}{PAPER}"


def part_of(number: str, name: str) -> Path:
    """What is put together on the way; nobody reads it."""
    return _folder() / f"{number}.{name}{DRAFT}"


def keep(part: Path, whole: Path) -> None:
    """Let a file that is written and complete stand in its place, all or nothing."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(whole)


def files() -> Iterator[tuple[str, Path]]:
    """Every file with the number of the pack that it belongs to."""
    for path in _folder().iterdir():
        yield path.name.partition(".")[0], path
