"""A picture that somebody uploads, written anew: what it shows and nothing else, whatever else its file held.

This brings Pillow along, so only whoever takes an upload loads it.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms, ImageDraw, ImageOps

from training.media.rules.pictures import Box, Mime, Picture, PictureRefusal

LARGEST_PIXEL_COUNT = 24_000_000
"""Of an upload: decoded it takes four bytes a pixel and for a moment twice that, some 200 MB."""
QUALITY = 90
BLACK = (0, 0, 0, 255)
FORMATS = {Mime.PNG: "PNG", Mime.JPEG: "JPEG", Mime.WEBP: "WEBP"}
MODES = {
    Mime.PNG: frozenset({"1", "L", "LA", "P", "RGB", "RGBA"}),
    Mime.JPEG: frozenset({"L", "RGB"}),
    Mime.WEBP: frozenset({"RGB", "RGBA"}),
}
"""What each kind of file holds as it is; anything else becomes colours with or without transparency."""


def encoded_anew(data: bytes, picture: Picture, covered: Sequence[Box] = ()) -> bytes | PictureRefusal:
    """The bytes of a new file of the same kind that shows the same, turned as it is to be seen and in colours that every screen knows.

    Boxes that are to be covered are black in it, and nothing beneath them is left.

    `data` is a file that `examine` accepted as this picture. What cannot be decoded is refused as malformed.
    """
    if picture.width * picture.height > LARGEST_PIXEL_COUNT:
        return PictureRefusal.TOO_MANY_PIXELS
    try:
        with Image.open(BytesIO(data), formats=[FORMATS[picture.mime]]) as opened:
            shown = _fitting(_in_usual_colours(ImageOps.exif_transpose(opened)), picture.mime)
            return _written(_covered(shown, covered), picture.mime)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError):
        return PictureRefusal.MALFORMED


def _covered(image: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    """The picture with these boxes black, wholly so where it has a transparency."""
    if not boxes:
        return image
    solid = image.convert("RGBA" if image.has_transparency_data else "RGB")
    pen = ImageDraw.Draw(solid)
    for box in boxes:
        pen.rectangle((box.x, box.y, box.x + box.width - 1, box.y + box.height - 1), fill=BLACK if solid.mode == "RGBA" else BLACK[:3])
    return solid


def _in_usual_colours(image: Image.Image) -> Image.Image:
    """The picture in sRGB where its file says in which colours it is; as it is where that cannot be read."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode != "RGB":
        return image
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        return ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB")) or image
    except (ImageCms.PyCMSError, OSError):
        return image


def _fitting(image: Image.Image, mime: Mime) -> Image.Image:
    if image.mode in MODES[mime]:
        return image
    return image.convert("RGBA" if image.has_transparency_data and mime is not Mime.JPEG else "RGB")


def _written(image: Image.Image, mime: Mime) -> bytes:
    """The file. What the picture's old file said beside its colours is left behind, for Pillow writes some of it along."""
    image.info = {name: said for name, said in image.info.items() if name == "transparency"}
    how: dict[str, Any] = {"optimize": True} if mime is Mime.PNG else {"quality": QUALITY}
    written = BytesIO()
    image.save(written, FORMATS[mime], **how)
    return written.getvalue()
