"""Which documents differ between the content folder, as it is on the disk, and what runs; and one of them, field by field."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from training.content_store import queries
from training.content_store.documents.markdown_reading import read_module_file
from training.content_store.models import StoredDocument
from training.content_store.rules.folder import MediaSource, meaning_hash
from training.content_store.rules.kinds import Kind
from training.content_sync.rules import Deed, InFolder, Name, decide
from training.content_sync.rules.fields import FieldDifference, field_differences
from training.content_sync.rules.paragraphs import ParagraphChange, paragraph_changes
from training.content_sync.rules.sides import Difference, side_of
from training.content_sync.services.proposing import name_of, stored_as
from training.documents.faults import Fault
from training.documents.yaml_reading import Unreadable, read_yaml


@dataclass(frozen=True, slots=True)
class Unsound:
    """A file of the folder that holds no sound document: what is wrong in it, and which document it would be."""

    kind: Kind
    slug: str
    path: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The folder beside what runs."""

    root: Path
    is_there: bool
    differences: tuple[Difference, ...] = ()
    unsound: tuple[Unsound, ...] = ()
    misplaced: tuple[Fault, ...] = ()
    """Files that are no documents at all."""
    alike_count: int = 0
    media: Mapping[str, MediaSource] = field(default_factory=dict)
    changed_media: frozenset[str] = frozenset()
    """Pictures and recordings of the folder that are not the ones that run, by name."""


def compare(root: Path) -> Compared:
    """The folder on the disk beside what runs.

    A file whose text and pictures are the ones that run is what runs: only what differs is read as a document, and remembered.
    """
    if not root.is_dir():
        return Compared(root, is_there=False)
    found, rows = queries.folder_texts(root), queries.stored_documents()
    known = {name: file.sha256 for name, file in queries.media_by_name().items()}
    changed = frozenset(name for name, medium in found.media.items() if known.get(name) != medium.sha256)
    reader = _Reader(rows, found.media, changed)
    folder = list(reader.read(found.texts))
    left_out = {unsound_name(unsound) for unsound in reader.unsound}
    plan = decide(folder, [stored_as(row) for row in rows if (row.kind, row.slug) not in left_out])
    files, stored = {file.name: file for file in folder}, {name_of(Kind(row.kind), row.slug): row for row in rows}
    differences = [_difference(step.name, step.deed, files.get(step.name), stored.get(step.name)) for step in plan.steps]
    differing = tuple(difference for difference in differences if difference is not None)
    alike = sum(file.name in stored for file in folder) - sum(each.folder_text is not None and each.desk_text is not None for each in differing)
    return Compared(root, True, differing, tuple(reader.unsound), found.faults, alike, found.media, changed)


def unsound_name(unsound: Unsound) -> tuple[str, str]:
    """By what a file that holds no sound document is known: the kind and id of the document that it would be."""
    return unsound.kind.value, unsound.slug


class _Reader:
    """Reads the texts of a folder, beside the documents that run; gathers those that hold no sound document."""

    def __init__(self, rows: Sequence[StoredDocument], media: Mapping[str, MediaSource], changed: Collection[str]) -> None:
        self.unsound: list[Unsound] = []
        self._by_place = {(row.kind, row.path): row for row in rows}
        self._hashes = {name: medium.sha256 for name, medium in media.items()}
        self._changed = {PurePosixPath(name).name for name in changed}

    def read(self, texts: Sequence[tuple[PurePosixPath, Kind, str]]) -> Iterator[InFolder]:
        """The documents, each id once."""
        seen: set[Name] = set()
        for path, kind, text in texts:
            found = self._one(str(path), kind, text)
            if found is not None and found.name in seen:
                self.unsound.append(
                    Unsound(kind, found.name.slug, found.path, (Fault(found.path, 1, "id", "is the id of another file too", "give one of them another id"),))
                )
            elif found is not None:
                seen.add(found.name)
                yield found

    def _one(self, path: str, kind: Kind, text: str) -> InFolder | None:
        row = self._by_place.get((kind.value, path))
        if row is not None and row.text == text and not any(name in text for name in self._changed):
            return InFolder(name_of(kind, row.slug), row.content_hash, path, text)
        read = queries.known_document(kind, path, text)
        if read.source is None or read.faults:
            slug = read.source.slug if read.source else read.broken.slug if read.broken else ""
            self.unsound.append(Unsound(kind, slug or (row.slug if row else PurePosixPath(path).stem), path, read.faults))
            return None
        return InFolder(name_of(kind, read.source.slug), meaning_hash(read.source.document, self._hashes), path, text)


def _difference(name: Name, deed: Deed, file: InFolder | None, row: StoredDocument | None) -> Difference | None:
    runs = row is not None and row.retired_at is None
    side = side_of(deed, is_in_folder=file is not None, runs=runs)
    if side is None:
        return None
    path = file.path if file is not None else row.path if row is not None else ""
    desk, changed_at = (row.text, row.changed_at) if row is not None and runs else (None, None)
    return Difference(name, side, deed, path, file.text if file else None, desk, row.base_text if row and runs else None, changed_at)


@dataclass(frozen=True, slots=True)
class Opened:
    """One document that differs, field by field; a module's Markdown paragraph by paragraph."""

    fields: tuple[FieldDifference, ...]
    paragraphs: tuple[ParagraphChange, ...] = ()
    has_base: bool = False


def open_difference(difference: Difference) -> Opened:
    """What differs in one document."""
    desk, folder, base = (_values(difference.kind, text) for text in (difference.desk_text, difference.folder_text, difference.base_text))
    has_base = difference.base_text is not None
    desks, folders, agreed = (str(values.pop("body", "")) for values in (desk, folder, base))
    paragraphs = paragraph_changes(desks, folders, agreed if has_base else None)
    return Opened(field_differences(desk, folder, base, has_base=has_base), paragraphs, has_base)


def _values(kind: Kind, text: str | None) -> dict[str, Any]:
    """The fields of a text as they are written."""
    try:
        value = None if text is None else (read_module_file(text) if kind is Kind.MODULE else read_yaml(text)).value
    except Unreadable:
        return {}
    return dict(value) if isinstance(value, dict) else {}


def of_kind_and_side(compared: Compared, kind: str, side: str) -> tuple[Difference, ...]:
    """The documents that differ of a kind and on a side; an empty text stands for all."""
    return tuple(each for each in compared.differences if kind in {"", each.name.kind} and side in {"", each.side.value})


def counts_of(differences: Collection[Difference]) -> dict[str, dict[str, int]]:
    """How many of each kind differ on each side."""
    counts: dict[str, dict[str, int]] = {}
    for each in differences:
        of_kind = counts.setdefault(each.name.kind, {})
        of_kind[each.side.value] = of_kind.get(each.side.value, 0) + 1
    return counts
