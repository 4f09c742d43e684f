"""Writing a pack as canonical JSON (RFC 8785) in bounded memory: people one after another, everything else as a whole."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel

from training.keys.rules import canonical_json

_PIECE = 1 << 20


class Hashing:
    """A file that is written once and hashed as it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._hash, self.byte_count = file, hashlib.sha256(), 0

    def write(self, piece: bytes) -> None:
        """Append these bytes."""
        self._file.write(piece)
        self._hash.update(piece)
        self.byte_count += len(piece)

    def hexdigest(self) -> str:
        """SHA-256 of what is written so far."""
        return self._hash.hexdigest()


def plain(part: BaseModel) -> dict[str, Any]:
    """A part of a pack as JSON has it, by the names that the file gives."""
    return part.model_dump(mode="json", by_alias=True)


def list_pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    """A list of what is canonical already, each part as it comes."""
    yield b"["
    for place, part in enumerate(parts):
        yield (b"," if place else b"") + part
    yield b"]"


def object_pieces(members: Mapping[str, Iterable[bytes]]) -> Iterator[bytes]:
    """An object whose members are canonical already, in the order of their names: nothing but small letters and `_`, so any order of letters is the one."""
    yield b"{"
    for place, name in enumerate(sorted(members)):
        yield (b"," if place else b"") + b'"' + name.encode() + b'":'
        yield from members[name]
    yield b"}"


def file_pieces(path: Path) -> Iterator[bytes]:
    """The content of a file in pieces."""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def value_pieces(value: Any) -> Iterator[bytes]:
    """Any JSON value that fits memory."""
    yield canonical_json({"": value})[4:-1]
