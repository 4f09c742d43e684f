"""Which bytes are a picture we store: read from the bytes alone, never from a name or a declared type.

Only the structure is read: signatures, chunk or segment lengths, dimensions. A file with anything after its end, with
several frames, or whose parts do not add up is refused, because what is stored here is shown inside our own pages.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

LARGEST_BYTE_COUNT = 5_000_000
LARGEST_SIDE = 8_000
"""Pixels; a longer side costs browsers more memory than any case needs."""

PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_METADATA = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
WEBP_METADATA = frozenset({b"EXIF", b"XMP "})
JPEG_FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
JPEG_KEPT_APPLICATION_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, colour profile, Adobe colour transform: without them a picture's colours change."""

_NEXT_JPEG_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")


class Mime(StrEnum):
    """The kinds of picture we store."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    WEBP = "image/webp"


class PictureRefusal(StrEnum):
    """Why bytes are not stored."""

    EMPTY = "picture_empty"
    TOO_LARGE = "picture_too_large"
    UNKNOWN_KIND = "picture_unknown_kind"
    MALFORMED = "picture_malformed"
    ANIMATED = "picture_animated"
    TOO_MANY_PIXELS = "picture_too_many_pixels"
    BOX_OUTSIDE = "picture_box_outside"
    NO_BOX = "picture_without_a_box"


@dataclass(frozen=True, slots=True)
class Picture:
    """What the bytes say of themselves; sides in pixels."""

    mime: Mime
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, in its pixels from the upper left corner."""

    x: int
    y: int
    width: int
    height: int

    def is_within(self, picture: Picture) -> bool:
        """Whether it has an extent, and lies in the picture."""
        is_one = self.width > 0 and self.height > 0 and self.x >= 0 and self.y >= 0
        return is_one and self.x + self.width <= picture.width and self.y + self.height <= picture.height


@dataclass(frozen=True, slots=True)
class Part:
    """One chunk or segment: its name or marker, its payload, and the bytes it occupies in the file."""

    name: bytes
    payload: bytes
    raw: bytes


class _Malformed(Exception):
    """The parts do not add up."""


def mime_of(data: bytes) -> Mime | None:
    """The kind of picture that these bytes begin as."""
    if data.startswith(PNG_SIGNATURE):
        return Mime.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return Mime.JPEG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Mime.WEBP
    return None


def examine(data: bytes) -> Picture | PictureRefusal:
    """The picture that these bytes are, or why they are not stored."""
    if not data:
        return PictureRefusal.EMPTY
    if len(data) > LARGEST_BYTE_COUNT:
        return PictureRefusal.TOO_LARGE
    mime = mime_of(data)
    if mime is None:
        return PictureRefusal.UNKNOWN_KIND
    try:
        parts = list(_parts(data, mime))
        if _is_animated(parts):
            return PictureRefusal.ANIMATED
        width, height = _size(parts, mime)
    except (_Malformed, struct.error):
        return PictureRefusal.MALFORMED
    if min(width, height) < 1:
        return PictureRefusal.MALFORMED
    return Picture(mime, width, height) if max(width, height) <= LARGEST_SIDE else PictureRefusal.TOO_MANY_PIXELS


def without_metadata(data: bytes) -> bytes:
    """The same picture without comments, camera data and other text that would tell its viewer where it comes from.

    `data` is a picture that `examine` accepted.
    """
    mime = mime_of(data)
    parts = _parts(data, mime) if mime else iter(())
    if mime is Mime.PNG:
        return PNG_SIGNATURE + b"".join(part.raw for part in parts if part.name not in PNG_METADATA)
    if mime is Mime.JPEG:
        return b"\xff\xd8" + b"".join(part.raw for part in parts if not _is_jpeg_metadata(part.name[0]))
    body = b"WEBP" + b"".join(_webp_part(part) for part in parts if part.name not in WEBP_METADATA)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _parts(data: bytes, mime: Mime) -> Iterator[Part]:
    return {Mime.PNG: _png_parts, Mime.JPEG: _jpeg_parts, Mime.WEBP: _webp_parts}[mime](data)


def _is_animated(parts: list[Part]) -> bool:
    return any(part.name in {b"acTL", b"ANIM", b"ANMF"} for part in parts)


def _size(parts: list[Part], mime: Mime) -> tuple[int, int]:
    return {Mime.PNG: _png_size, Mime.JPEG: _jpeg_size, Mime.WEBP: _webp_size}[mime](parts)


def _png_parts(data: bytes) -> Iterator[Part]:
    at = len(PNG_SIGNATURE)
    while at < len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        payload = data[at + 8 : end - 4]
        if end > len(data) or struct.unpack_from(">I", data, end - 4)[0] != zlib.crc32(name + payload):
            raise _Malformed
        yield Part(name, payload, data[at:end])
        if name == b"IEND" and end != len(data):
            raise _Malformed
        at = end


def _png_size(parts: list[Part]) -> tuple[int, int]:
    names = [part.name for part in parts]
    if names[:1] != [b"IHDR"] or names[-1:] != [b"IEND"] or b"IDAT" not in names or len(parts[0].payload) != 13:
        raise _Malformed
    width, height = struct.unpack_from(">II", parts[0].payload)
    return width, height


def _jpeg_parts(data: bytes) -> Iterator[Part]:
    """Segments after the start of the image. A scan's part holds its entropy-coded bytes too."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF or at + 2 > len(data):
            raise _Malformed
        marker = data[at + 1]
        if marker == 0xD9:
            if at + 2 != len(data):
                raise _Malformed
            yield Part(bytes([marker]), b"", data[at:])
            return
        end = _jpeg_segment_end(data, at, marker)
        yield Part(bytes([marker]), data[at + 4 : end], data[at:end])
        at = end
    raise _Malformed


def _jpeg_segment_end(data: bytes, at: int, marker: int) -> int:
    (length,) = struct.unpack_from(">H", data, at + 2)
    end: int = at + 2 + length
    if length < 2 or end > len(data):
        raise _Malformed
    if marker != 0xDA:
        return end
    following = _NEXT_JPEG_MARKER.search(data, end)
    if following is None:
        raise _Malformed
    return following.end() - 2


def _jpeg_size(parts: list[Part]) -> tuple[int, int]:
    if not any(part.name == b"\xda" for part in parts):
        raise _Malformed
    for part in parts:
        if part.name[0] in JPEG_FRAMES:
            _precision, height, width = struct.unpack_from(">BHH", part.payload)
            return width, height
    raise _Malformed


def _is_jpeg_metadata(marker: int) -> bool:
    return marker == 0xFE or (0xE0 <= marker <= 0xEF and marker not in JPEG_KEPT_APPLICATION_SEGMENTS)


def _webp_parts(data: bytes) -> Iterator[Part]:
    if struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        raise _Malformed
    at = 12
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length + length % 2
        if end > len(data):
            raise _Malformed
        yield Part(name, data[at + 8 : at + 8 + length], data[at:end])
        at = end


def _webp_part(part: Part) -> bytes:
    """The chunk, with the extended header no longer announcing metadata."""
    if part.name != b"VP8X":
        return part.raw
    return part.raw[:8] + bytes([part.raw[8] & ~0x0C]) + part.raw[9:]


def _webp_size(parts: list[Part]) -> tuple[int, int]:
    if not any(part.name in {b"VP8 ", b"VP8L"} for part in parts):
        raise _Malformed
    first = parts[0]
    if first.name == b"VP8X":
        return 1 + int.from_bytes(first.payload[4:7], "little"), 1 + int.from_bytes(first.payload[7:10], "little")
    if first.name == b"VP8L":
        signature, bits = struct.unpack_from("<BI", first.payload)
        if signature != 0x2F:
            raise _Malformed
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if first.name != b"VP8 " or first.payload[3:6] != b"\x9d\x01\x2a":
        raise _Malformed
    width, height = struct.unpack_from("<HH", first.payload, 6)
    return width & 0x3FFF, height & 0x3FFF
