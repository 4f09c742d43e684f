"""What is a recording and what is refused, from the bytes alone."""

import struct
import wave
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.media.factories import picture_bytes
from training.media.rules import (
    LARGEST_BYTE_COUNT,
    Medium,
    Picture,
    PictureRefusal,
    Recording,
    RecordingMime,
    RecordingRefusal,
    examine,
    medium_of,
    without_metadata,
)
from training.media.services import store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[2] / "content" / "exams" / "media"
WEBM = (SAMPLES / "hair-routine-clip.webm").read_bytes()


def sound(*, seconds: float = 0.5, rate: int = 8_000, channels: int = 1, width: int = 1) -> bytes:
    file = BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((channels, width, rate, 0, "NONE", ""))
        writer.writeframes(bytes(round(seconds * rate) * channels * width))
    return file.getvalue()


def with_chunk(data: bytes, name: bytes, payload: bytes) -> bytes:
    body = data[8:] + name + struct.pack("<I", len(payload)) + payload
    return b"RIFF" + struct.pack("<I", len(body)) + body


def element(name: bytes, payload: bytes) -> bytes:
    return name + (len(payload) | 1 << 56).to_bytes(8) + payload


def replaced(old: bytes, new: bytes) -> bytes:
    assert old in WEBM
    return WEBM.replace(old, new, 1)


@pytest.mark.parametrize(("options", "seconds"), [({}, 0.5), ({"rate": 44_100, "channels": 2, "width": 2, "seconds": 2}, 2.0)])
def test_plain_sound_says_how_long_it_is(options: dict[str, float], seconds: float) -> None:
    assert examine(sound(**options)) == Recording(RecordingMime.WAV, seconds)


def test_the_shipped_samples_are_recordings() -> None:
    assert examine(WEBM) == Recording(RecordingMime.WEBM, 12.0, 360, 480)
    assert examine((SAMPLES / "live-sound-two-tunes.wav").read_bytes()) == Recording(RecordingMime.WAV, 12.0)
    assert isinstance(examine((SAMPLES / "gel-jar-two-posters.png").read_bytes()), Picture)
    assert all(path.stat().st_size < 200_000 for path in SAMPLES.iterdir())


@pytest.mark.parametrize(
    "data",
    [
        sound() + b"<script>",
        sound()[:-1],
        with_chunk(sound(), b"data", b"1234")[:-2],
        sound(rate=96_000),
        sound(width=4),
        sound(seconds=0),
        WEBM + b"x",
        WEBM[:-1],
        replaced(b"webm", b"mkv "),
        replaced(b"V_VP8", b"V_XYZ"),
    ],
)
def test_what_does_not_add_up_is_refused(data: bytes) -> None:
    assert examine(data) is RecordingRefusal.MALFORMED


def test_a_recording_that_says_more_than_it_shows_is_refused() -> None:
    assert examine(with_chunk(sound(), b"LIST", b"INFOINAM")) is RecordingRefusal.MORE_THAN_IT_SHOWS
    header, segment = WEBM.index(b"\x18\x53\x80\x67"), WEBM.index(b"\x18\x53\x80\x67") + 12
    tagged = WEBM[:header] + element(b"\x18\x53\x80\x67", WEBM[segment:] + element(b"\x12\x54\xc3\x67", b""))
    assert examine(tagged) is RecordingRefusal.MORE_THAN_IT_SHOWS


def test_a_recording_without_a_length_is_refused() -> None:
    at = WEBM.index(b"\x44\x89")
    assert examine(WEBM[:at] + b"\x44\x8a" + WEBM[at + 2 :]) is RecordingRefusal.NO_LENGTH


def test_a_recording_that_is_too_long_or_too_large_is_refused() -> None:
    assert examine(sound(seconds=601, rate=1_000)) is RecordingRefusal.TOO_LONG
    assert examine(sound() + bytes(LARGEST_BYTE_COUNT)) is PictureRefusal.TOO_LARGE


@given(st.binary(max_size=60), st.sampled_from([b"\x1a\x45\xdf\xa3", b"RIFF\x20\0\0\0WAVE", WEBM[:200]]))
def test_noise_is_refused_never_a_crash(noise: bytes, opening: bytes) -> None:
    assert isinstance(examine(opening + noise), Recording | RecordingRefusal)


def test_recordings_are_served_as_they_are_and_pictures_without_metadata() -> None:
    assert without_metadata(WEBM) == WEBM
    assert without_metadata(picture_bytes()) == picture_bytes()


@pytest.mark.parametrize(
    ("name", "medium"), [("a.PNG", Medium.PICTURE), ("a.webm", Medium.VIDEO), ("media/a.wav", Medium.AUDIO), ("a.mp4", None), ("webm", None)]
)
def test_a_name_says_what_a_file_is_meant_to_be(name: str, medium: Medium | None) -> None:
    assert medium_of(name) is medium


def test_a_sound_is_kept_with_its_length_and_without_sides(app: Flask) -> None:
    file = store(sound(), now=NOON)
    assert (file.mime, file.seconds, file.width, file.height) == ("audio/wav", 0.5, None, None)
    assert store(sound(), now=NOON) is file
