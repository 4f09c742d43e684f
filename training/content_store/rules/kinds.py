"""The kinds of document there are, in the order in which they are applied, and where each lives."""

from enum import StrEnum
from pathlib import PurePosixPath


class Kind(StrEnum):
    """One kind of document. Each refers only to itself and, with few exceptions, to those before it."""

    TAXONOMY = "taxonomy"
    MODULE = "module"
    CASE = "case"
    CHECK = "check"
    COURSE = "course"
    ITEM = "item"
    CERTIFICATION = "certification"
    EXAM = "exam"
    QUEUE = "queue"

    @property
    def position(self) -> int:
        """Its place in the order of application."""
        return list(Kind).index(self)


TAXONOMY_SLUG = "taxonomy"
"""There is one taxonomy, and it has no id of its own."""

MEDIA_FOLDERS = (PurePosixPath("cases/media"), PurePosixPath("exams/media"))
"""Where the pictures and recordings of cases and of exam items live."""
MEDIA_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".webm", ".wav"})

PLACES: tuple[tuple[str, bool, str, Kind], ...] = (
    ("policies", False, ".md", Kind.MODULE),
    ("cases", True, ".yaml", Kind.CASE),
    ("courses/checks", False, ".yaml", Kind.CHECK),
    ("courses", False, ".yaml", Kind.COURSE),
    ("exams/items", True, ".yaml", Kind.ITEM),
    ("exams", False, ".yaml", Kind.EXAM),
    ("certifications", False, ".yaml", Kind.CERTIFICATION),
    ("queues", False, ".yaml", Kind.QUEUE),
)
"""Folder, whether folders below it belong to it too, the files' ending, and the kind that lives there."""


def is_media(path: PurePosixPath) -> bool:
    """Whether this is the place and the ending of a file that cases or exam items show."""
    return _is_in_media(path) and path.suffix.lower() in MEDIA_SUFFIXES


def _is_in_media(path: PurePosixPath) -> bool:
    return any(folder in path.parents for folder in MEDIA_FOLDERS)


def media_name(path: PurePosixPath) -> str:
    """What documents call this file: cases by its path below `cases/`, exam items with the folder before it, so that the two never meet."""
    return str(path.relative_to("cases")) if path.parts[0] == "cases" else str(path)


def media_path(name: str) -> str:
    """The path below the content folder of the file that documents call by this name."""
    return name if name.startswith("exams/") else f"cases/{name}"


def kind_at(path: PurePosixPath) -> Kind | None:
    """The kind of document that this path, below the content folder, holds."""
    if path == PurePosixPath("taxonomy.yaml"):
        return Kind.TAXONOMY
    if _is_in_media(path):
        return None
    for folder, is_deep, suffix, kind in PLACES:
        home = PurePosixPath(folder)
        if path.suffix == suffix and (path.parent == home or (is_deep and home in path.parents)):
            return kind
    return None
