"""Which bytes are a recording that we store: WebM video and plain WAV sound, read from the bytes alone.

A recording says how long it is, holds nothing but what is seen and heard, and has nothing behind its end.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

EBML_SIGNATURE = b"\x1a\x45\xdf\xa3"
LONGEST_SECONDS = 600
MOST_HERTZ = 48_000

_DOC_TYPE, _SEGMENT = 0x4282, 0x18538067
_SEEK_HEAD, _INFO, _TRACKS, _CUES, _CLUSTER, _VOID = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675, 0xEC
_IN_A_SEGMENT = frozenset({_SEEK_HEAD, _INFO, _TRACKS, _CUES, _CLUSTER, _VOID})
"""Tags, attachments and chapters are left out: they say where a recording comes from."""
_TIMECODE_SCALE, _DURATION, _TITLE, _FILE_NAME = 0x2AD7B1, 0x4489, 0x7BA9, 0x7384
_TRACK, _CODEC, _VIDEO, _WIDTH, _HEIGHT = 0xAE, 0x86, 0xE0, 0xB0, 0xBA
_CODECS = frozenset({b"V_VP8", b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS"})


class RecordingMime(StrEnum):
    """The kinds of recording we store."""

    WEBM = "video/webm"
    WAV = "audio/wav"


class RecordingRefusal(StrEnum):
    """Why bytes are not stored."""

    MALFORMED = "recording_malformed"
    NO_LENGTH = "recording_no_length"
    TOO_LONG = "recording_too_long"
    MORE_THAN_IT_SHOWS = "recording_more_than_it_shows"


@dataclass(frozen=True, slots=True)
class Recording:
    """What the bytes say of themselves; sides in pixels, none for sound."""

    mime: RecordingMime
    seconds: float
    width: int | None = None
    height: int | None = None


class _Malformed(Exception):
    """The parts do not add up."""


def mime_of(data: bytes) -> RecordingMime | None:
    """The kind of recording that these bytes begin as."""
    if data.startswith(EBML_SIGNATURE):
        return RecordingMime.WEBM
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return RecordingMime.WAV
    return None


def examine(data: bytes, mime: RecordingMime) -> Recording | RecordingRefusal:
    """The recording that these bytes are, or why they are not stored."""
    try:
        recording = _webm(data) if mime is RecordingMime.WEBM else _wav(data)
    except (_Malformed, struct.error, IndexError):
        return RecordingRefusal.MALFORMED
    if isinstance(recording, Recording) and recording.seconds > LONGEST_SECONDS:
        return RecordingRefusal.TOO_LONG
    return recording


def _wav(data: bytes) -> Recording | RecordingRefusal:
    if struct.unpack_from("<I", data, 4)[0] + 8 != len(data):
        raise _Malformed
    chunks = dict(_wav_chunks(data))
    if set(chunks) - {b"fmt ", b"data"}:
        return RecordingRefusal.MORE_THAN_IT_SHOWS
    if len(chunks) != 2:
        raise _Malformed
    form, channels, rate, rate_bytes, block, bits = struct.unpack_from("<HHIIHH", chunks[b"fmt "])
    is_plain = form == 1 and channels in (1, 2) and bits in (8, 16) and 0 < rate <= MOST_HERTZ
    if not is_plain or block != channels * bits // 8 or rate_bytes != rate * block or not chunks[b"data"]:
        raise _Malformed
    return Recording(RecordingMime.WAV, len(chunks[b"data"]) / rate_bytes)


def _wav_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while at < len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        end = at + 8 + length
        if end + length % 2 > len(data):
            raise _Malformed
        yield name, data[at + 8 : end]
        at = end + length % 2


def _webm(data: bytes) -> Recording | RecordingRefusal:
    top = list(_elements(data))
    if [name for name, _ in top] != [int.from_bytes(EBML_SIGNATURE), _SEGMENT] or dict(_elements(top[0][1])).get(_DOC_TYPE, b"").rstrip(b"\0") != b"webm":
        raise _Malformed
    parts = list(_elements(top[1][1]))
    held = dict(parts)
    info = dict(_elements(held.get(_INFO, b"")))
    if {name for name, _ in parts} - _IN_A_SEGMENT or info.keys() & {_TITLE, _FILE_NAME}:
        return RecordingRefusal.MORE_THAN_IT_SHOWS
    if _DURATION not in info:
        return RecordingRefusal.NO_LENGTH
    if _CLUSTER not in held:
        raise _Malformed
    scale = int.from_bytes(info.get(_TIMECODE_SCALE, b"\x0f\x42\x40"))
    width, height = _sides(held.get(_TRACKS, b""))
    return Recording(RecordingMime.WEBM, _float(info[_DURATION]) * scale / 1e9, width, height)


def _sides(tracks: bytes) -> tuple[int, int]:
    """The sides of the one track that is seen; every track is of a kind that browsers play."""
    found = [dict(_elements(payload)) for name, payload in _elements(tracks) if name == _TRACK]
    seen = [dict(_elements(track[_VIDEO])) for track in found if _VIDEO in track]
    if len(seen) != 1 or any(track.get(_CODEC) not in _CODECS for track in found):
        raise _Malformed
    width, height = (int.from_bytes(seen[0].get(side, b"")) for side in (_WIDTH, _HEIGHT))
    if not (0 < width <= 4_000 and 0 < height <= 4_000):
        raise _Malformed
    return width, height


def _float(payload: bytes) -> float:
    if len(payload) not in (4, 8):
        raise _Malformed
    value: float = struct.unpack(">f" if len(payload) == 4 else ">d", payload)[0]
    if not 0 < value < 1e12:
        raise _Malformed
    return value


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The EBML elements (RFC 8794) that fill these bytes exactly: their ids and payloads. One without a size is malformed here."""
    at = 0
    while at < len(data):
        name, at = _number(data, at, keeps_marker=True)
        size, at = _number(data, at, keeps_marker=False)
        if at + size > len(data):
            raise _Malformed
        yield name, data[at : at + size]
        at += size


def _number(data: bytes, at: int, *, keeps_marker: bool) -> tuple[int, int]:
    """A number of variable length, and where it ends."""
    width = 9 - data[at].bit_length()
    if width > 8 or at + width > len(data):
        raise _Malformed
    value = int.from_bytes(data[at : at + width])
    if keeps_marker:
        return value, at + width
    bits = value & ((1 << 7 * width) - 1)
    if bits == (1 << 7 * width) - 1:
        raise _Malformed
    return bits, at + width
