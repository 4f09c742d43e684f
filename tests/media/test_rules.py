"""What is a picture and what is refused, from the bytes alone."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.media.factories import picture_bytes
from training.media.rules import LARGEST_BYTE_COUNT, LARGEST_SIDE, PNG_SIGNATURE, Mime, Picture, PictureRefusal, examine, without_metadata


def png_chunk(name: bytes, payload: bytes) -> bytes:
    return struct.pack(">I", len(payload)) + name + payload + struct.pack(">I", zlib.crc32(name + payload))


def animated(kind: str) -> bytes:
    file = BytesIO()
    frames = [Image.new("RGB", (4, 4), (shade, 0, 0)) for shade in (0, 250)]
    frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


@pytest.mark.parametrize(
    ("kind", "options", "mime"),
    [
        ("PNG", {}, Mime.PNG),
        ("JPEG", {}, Mime.JPEG),
        ("JPEG", {"progressive": True}, Mime.JPEG),
        ("WEBP", {}, Mime.WEBP),
        ("WEBP", {"lossless": True}, Mime.WEBP),
        ("WEBP", {"exif": b"Exif\0\0MM\0*\0\0\0\x08\0\0"}, Mime.WEBP),
    ],
)
def test_still_pictures_say_their_size(kind: str, options: dict[str, object], mime: Mime) -> None:
    assert examine(picture_bytes(kind, size=(37, 21), **options)) == Picture(mime, 37, 21)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_moving_pictures_are_refused(kind: str) -> None:
    assert examine(animated(kind)) is PictureRefusal.ANIMATED


@pytest.mark.parametrize("data", [b"GIF89a" + b"\0" * 40, b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"MZ", b"RIFF\x04\0\0\0AVI "])
def test_other_kinds_are_refused_whatever_their_name(data: bytes) -> None:
    assert examine(data) is PictureRefusal.UNKNOWN_KIND


def test_nothing_is_no_picture() -> None:
    assert examine(b"") is PictureRefusal.EMPTY


def test_too_many_bytes_are_refused_before_they_are_read() -> None:
    assert examine(picture_bytes() + b"\0" * LARGEST_BYTE_COUNT) is PictureRefusal.TOO_LARGE


def test_a_side_that_is_too_long_is_refused() -> None:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", LARGEST_SIDE + 1, 1, 8, 2, 0, 0, 0))
    assert examine(PNG_SIGNATURE + header + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")) is PictureRefusal.TOO_MANY_PIXELS


def test_a_picture_without_any_pixel_is_malformed() -> None:
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", 0, 1, 8, 2, 0, 0, 0))
    assert examine(PNG_SIGNATURE + header + png_chunk(b"IDAT", b"") + png_chunk(b"IEND", b"")) is PictureRefusal.MALFORMED


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_something_attached_behind_the_end_is_malformed(kind: str) -> None:
    assert examine(picture_bytes(kind) + b"<script>alert(1)</script>") is PictureRefusal.MALFORMED


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_cut_short_is_malformed_wherever_it_is_cut(kind: str) -> None:
    whole = picture_bytes(kind, size=(9, 9))
    assert {examine(whole[:length]) for length in range(12, len(whole))} == {PictureRefusal.MALFORMED}


def test_a_damaged_chunk_is_malformed() -> None:
    whole = bytearray(picture_bytes())
    whole[20] ^= 1
    assert examine(bytes(whole)) is PictureRefusal.MALFORMED


def test_a_png_without_pixels_or_header_is_malformed() -> None:
    assert examine(PNG_SIGNATURE + png_chunk(b"IEND", b"")) is PictureRefusal.MALFORMED


@given(st.sampled_from(["PNG", "JPEG", "WEBP"]), st.binary(max_size=200))
def test_no_bytes_break_the_reader(kind: str, noise: bytes) -> None:
    opening = picture_bytes(kind)[:16]
    assert isinstance(examine(opening + noise), Picture | PictureRefusal)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("secret", [b"case-p014 violating"])
def test_metadata_is_left_out_of_what_is_shown(kind: str, secret: bytes) -> None:
    exif = Image.Exif()
    exif[0x010E] = secret.decode()
    options: dict[str, object] = {"exif": exif}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Title", secret.decode())
        options["pnginfo"] = text
    if kind == "JPEG":
        options["comment"] = secret
    original = picture_bytes(kind, size=(12, 8), **options)
    shown = without_metadata(original)
    assert secret in original
    assert secret not in shown
    assert examine(shown) == examine(original)
    assert Image.open(BytesIO(shown)).convert("RGB").tobytes() == Image.open(BytesIO(original)).convert("RGB").tobytes()
