"""Pictures that somebody uploads: what they show is kept, and nothing else of their file."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image, PngImagePlugin

from tests.content_store.folders import chunk
from tests.media.factories import picture_bytes
from training.errors import Refusal
from training.media import files
from training.media.rules import PictureRefusal
from training.media.services import store_upload

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def photo(kind: str, *, size: tuple[int, int] = (40, 20), mode: str = "RGB") -> bytes:
    """A picture, red on its left half, with what a camera writes along: where, by whom, and how it is to be turned."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = "Jalan Melati 7", "Siti", 6
    written, text = BytesIO(), PngImagePlugin.PngInfo()
    text.add_text("Author", "Siti")
    more = {"PNG": {"pnginfo": text}, "JPEG": {"comment": b"Jalan Melati 7"}}.get(kind, {})
    picture.convert(mode).save(written, kind, exif=exif, **more)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_what_the_camera_wrote_along_is_gone_and_the_picture_is_turned_as_it_is_seen(app: Flask, kind: str) -> None:
    data = photo(kind)
    assert b"Jalan Melati" in data
    stored = store_upload(data, now=NOW)
    kept = files.get(stored.sha256)
    assert b"Jalan" not in kept and b"Siti" not in kept and kept != data
    assert (stored.width, stored.height, stored.mime) == (20, 40, f"image/{kind.lower()}"), "on its side, as the camera said"
    with Image.open(BytesIO(kept)) as shown:
        assert shown.format == kind and not shown.getexif()
        red, _, blue = shown.convert("RGB").getpixel((10, 5))
        assert red > 200 > 60 > blue


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_of_colour_are_taken(app: Flask, mode: str) -> None:
    written = BytesIO()
    Image.new(mode, (8, 8)).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert store_upload(written.getvalue(), now=NOW).width == 8


def test_the_same_picture_is_kept_once(app: Flask) -> None:
    assert store_upload(photo("PNG"), now=NOW).id == store_upload(photo("PNG"), now=NOW).id


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", PictureRefusal.EMPTY),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", PictureRefusal.UNKNOWN_KIND),
        (b"\x00" * 5_000_001, PictureRefusal.TOO_LARGE),
        (picture_bytes("PNG", size=(5_000, 4_900)), PictureRefusal.TOO_MANY_PIXELS),
        (picture_bytes("PNG") + b"<script>", PictureRefusal.MALFORMED),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_kept(app: Flask, data: bytes, reason: PictureRefusal) -> None:
    with pytest.raises(Refusal) as refused:
        store_upload(data, now=NOW)
    assert refused.value.reason is reason


def test_a_file_whose_parts_add_up_and_whose_picture_cannot_be_decoded_is_refused(app: Flask) -> None:
    header = bytes([0, 0, 0, 9, 0, 0, 0, 9, 8, 2, 0, 0, 0])
    broken = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"not deflated") + chunk(b"IEND", b"")
    with pytest.raises(Refusal) as refused:
        store_upload(broken, now=NOW)
    assert refused.value.reason is PictureRefusal.MALFORMED
