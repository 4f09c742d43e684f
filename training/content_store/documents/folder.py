"""A content folder read from the disk, with a fault for every file that cannot be one of its documents."""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from training.content_store.documents.reading import read_document
from training.content_store.rules.folder import Folder, MediaSource, doubled
from training.content_store.rules.kinds import PLACES, Kind, is_media, kind_at, media_name
from training.documents.faults import Fault
from training.media.rules import LARGEST_BYTE_COUNT, LARGEST_SIDE, Medium, PictureRefusal, Recording, RecordingRefusal, examine, medium_of

TEXT_BYTE_LIMIT = 500_000
FILE_COUNT_LIMIT = 50_000
PASSED_OVER = frozenset({"README.md", "LICENSE", "LICENSE.md"})
"""Files for people, in any folder."""


NO_PICTURE = "is not a still PNG, JPEG or WebP picture", f"save it again as one, {LARGEST_SIDE:,} pixels a side at most"
NO_RECORDING = "is not a WebM or WAV recording that says its length and nothing of where it comes from", "export it again as one, without tags or titles"


class Unfit(Exception):
    """A file that cannot be read as what its place asks for."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.problem)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class FolderTexts:
    """Everything below a folder, its texts not read as documents yet: each with its file and kind; pictures and recordings by name; what cannot be read."""

    texts: tuple[tuple[PurePosixPath, Kind, str], ...]
    media: Mapping[str, MediaSource]
    faults: tuple[Fault, ...]


def medium_in(root: Path, path: PurePosixPath) -> MediaSource:
    """The picture or recording in this file. Raises Unfit."""
    held = _bytes(root, path, LARGEST_BYTE_COUNT)
    found = examine(held)
    is_picture = medium_of(path.name) is Medium.PICTURE
    if isinstance(found, PictureRefusal | RecordingRefusal) or isinstance(found, Recording) is is_picture:
        raise Unfit(Fault(str(path), 0, "", *(NO_PICTURE if is_picture else NO_RECORDING)))
    extent = (found.seconds,) if isinstance(found, Recording) else (float(found.width), float(found.height))
    return MediaSource(media_name(path), str(path), hashlib.sha256(held).hexdigest(), extent)


def read_texts(root: Path, examined: Callable[[Path, PurePosixPath], MediaSource] = medium_in) -> FolderTexts:
    """Everything below this folder. What is hidden (its name begins with a dot) is passed over. `examined` looks at a picture or recording, or remembers it."""
    texts: list[tuple[PurePosixPath, Kind, str]] = []
    media: dict[str, MediaSource] = {}
    faults: list[Fault] = []
    if not root.is_dir():
        return FolderTexts((), {}, (Fault(str(root), 0, "", "there is no such folder", "set CONTENT_DIR to the content folder"),))
    for path in _files(root, faults):
        try:
            if is_media(path):
                medium = examined(root, path)
                media[medium.name] = medium
            else:
                kind = _kind(path)
                texts.append((path, kind, _text(root, path)))
        except Unfit as unfit:
            faults.append(unfit.fault)
    return FolderTexts(tuple(texts), media, tuple(faults))


def read_folder(root: Path) -> Folder:
    """Everything below this folder, as documents."""
    found = read_texts(root)
    read = [read_document(path, text, kind) for path, kind, text in found.texts]
    sources = tuple(document.source for document in read if document.source)
    broken = tuple(document.broken for document in read if document.broken)
    faults = [*found.faults, *(fault for document in read for fault in document.faults)]
    return Folder(sources, found.media, (*faults, *doubled(sources)), broken)


def _files(root: Path, faults: list[Fault]) -> Iterator[PurePosixPath]:
    """Plain files below the root in order of their paths; links and other special files are faults."""
    count = 0
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted([*names, *folders]):
            path = PurePosixPath(Path(folder, name).relative_to(root).as_posix())
            fault = _special(Path(folder, name), path)
            if fault:
                faults.append(fault)
                continue
            if name in folders or name.startswith(".") or name in PASSED_OVER:
                continue
            count += 1
            if count > FILE_COUNT_LIMIT:
                faults.append(Fault(str(path), 0, "", f"the folder holds more than {FILE_COUNT_LIMIT} files", "is CONTENT_DIR the right folder?"))
                return
            yield path


def _special(full: Path, path: PurePosixPath) -> Fault | None:
    if full.is_symlink():
        return Fault(str(path), 0, "", "is a link to somewhere else", "put the file itself here")
    if not full.is_dir() and not full.is_file():
        return Fault(str(path), 0, "", "is not a plain file", "remove it")
    return None


def _kind(path: PurePosixPath) -> Kind:
    kind = kind_at(path)
    if kind is None:
        homes = ", ".join(f"{folder}/*{suffix}" for folder, _, suffix, _ in PLACES)
        raise Unfit(Fault(str(path), 0, "", "no kind of document lives here under this name", f"move or rename it; documents live in taxonomy.yaml, {homes}"))
    return kind


def _bytes(root: Path, path: PurePosixPath, limit: int) -> bytes:
    with (root / path).open("rb") as file:
        held = file.read(limit + 1)
    if len(held) > limit:
        raise Unfit(Fault(str(path), 0, "", f"is larger than {limit:,} bytes", "make it smaller, or divide it"))
    return held


def _text(root: Path, path: PurePosixPath) -> str:
    held = _bytes(root, path, TEXT_BYTE_LIMIT)
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
        raise Unfit(Fault(str(path), line, "", "is not UTF-8 text", "save it as UTF-8")) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
