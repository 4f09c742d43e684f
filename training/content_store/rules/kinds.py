"""The kinds of document there are, in the order in which they are applied, and where each lives."""

from collections.abc import Mapping
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

MEDIA_FOLDERS = (PurePosixPath("cases/media"), PurePosixPath("exams/media"), PurePosixPath("policies/media"))
"""Where the pictures and recordings of cases and of exam items live, and the pictures of modules."""
_IN_MEDIA = tuple(f"{folder}/" for folder in MEDIA_FOLDERS)
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
    """Whether this is the place and the ending of a file that cases, exam items or modules show."""
    return _is_in_media(path) and path.suffix.lower() in MEDIA_SUFFIXES


def _is_in_media(path: PurePosixPath) -> bool:
    return str(path).startswith(_IN_MEDIA)


def media_name(path: PurePosixPath) -> str:
    """The name of this file among all: of one of cases its path below `cases/`, of others with the folder before it, so that two never meet."""
    return str(path.relative_to("cases")) if path.parts[0] == "cases" else str(path)


def media_path(name: str) -> str:
    """The path below the content folder of the file of this name."""
    return name if name.startswith(("exams/", "policies/")) else f"cases/{name}"


CITING: Mapping[Kind, str] = {Kind.MODULE: "policies/", Kind.CASE: "", Kind.ITEM: "exams/"}
"""The kinds that show files, and what stands before `media/name.png`, as their documents cite it, in the name that it has among all."""


def name_of_cited(kind: Kind, cited: str) -> str:
    """The name among all of the file that a document of this kind cites as `media/name.png`."""
    return f"{CITING[kind]}{cited}"


def kind_at(path: PurePosixPath) -> Kind | None:
    """The kind of document that this path, below the content folder, holds."""
    written, suffix = str(path), path.suffix
    if written == "taxonomy.yaml":
        return Kind.TAXONOMY
    if _is_in_media(path):
        return None
    parent = written.rpartition("/")[0]
    for folder, is_deep, ending, kind in PLACES:
        if suffix == ending and (parent == folder or (is_deep and parent.startswith(f"{folder}/"))):
            return kind
    return None
