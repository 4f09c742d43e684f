"""The pages of this room: one picture, for those it was shown to."""

from flask import Blueprint, Response

from training import clock
from training.errors import NotFound
from training.media import files, queries
from training.media.rules import PictureRefusal, without_metadata
from training.media.tokens import media_id_of
from training.web.access import opens_to_signed_in, principal
from training.web.wording import give_words

blueprint = Blueprint("media", __name__)

give_words(
    {
        PictureRefusal.EMPTY: "The file is empty. Export the picture again.",
        PictureRefusal.TOO_LARGE: "The picture is larger than {largest_megabytes} MB. Make it smaller and try again.",
        PictureRefusal.UNKNOWN_KIND: "The file is not a PNG, JPEG or WebP picture, whatever its name says. Export it as one of these.",
        PictureRefusal.MALFORMED: "The picture is damaged, or has something attached behind its end. Export it again.",
        PictureRefusal.ANIMATED: "The picture moves. Use a still picture.",
        PictureRefusal.TOO_MANY_PIXELS: "A side of the picture is longer than {largest_side} pixels. Make it smaller and try again.",
    }
)

HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""No entity tag and no date: either would name the picture."""


@blueprint.get("/media/<token>")
@opens_to_signed_in
def show(token: str) -> Response:
    """The picture that this token opens for the person who asks."""
    media_id = media_id_of(token, person_id=principal().person_id, now=clock.now())
    file = queries.media_file_by_id(media_id) if media_id is not None else None
    if file is None:
        raise NotFound
    return Response(without_metadata(files.get(file.sha256)), mimetype=file.mime, headers=HEADERS)
