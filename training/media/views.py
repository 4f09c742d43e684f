"""The pages of this room: one picture or recording, for those it was shown to."""

from flask import Blueprint, Response, request

from training import clock
from training.errors import NotFound
from training.media import files, queries
from training.media.rules import PictureRefusal, RecordingRefusal, without_metadata
from training.media.tokens import media_id_of
from training.web.access import opens_to_signed_in, principal
from training.web.wording import give_words

blueprint = Blueprint("media", __name__)

give_words(
    {
        PictureRefusal.EMPTY: "The file is empty. Export the picture again.",
        PictureRefusal.TOO_LARGE: "The picture is larger than {largest_megabytes} MB. Make it smaller and try again.",
        PictureRefusal.UNKNOWN_KIND: (
            "The file is no PNG, JPEG or WebP picture and no WebM or WAV recording, whatever its name says. Export it as one of these."
        ),
        PictureRefusal.MALFORMED: "The picture is damaged, or has something attached behind its end. Export it again.",
        PictureRefusal.ANIMATED: "The picture moves. Use a still picture.",
        PictureRefusal.TOO_MANY_PIXELS: "A side of the picture is longer than {largest_side} pixels. Make it smaller and try again.",
        RecordingRefusal.MALFORMED: "The recording is damaged, or of a kind that browsers do not play. Export it as WebM (VP8, VP9 or AV1) or as plain WAV.",
        RecordingRefusal.NO_LENGTH: "The recording does not say how long it is, so nobody could seek in it. Export it again with a length.",
        RecordingRefusal.TOO_LONG: "The recording is longer than {longest_minutes} minutes. Cut it.",
        RecordingRefusal.MORE_THAN_IT_SHOWS: "The recording holds a title, tags or attachments, which would tell where it comes from. Export it without them.",
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
    """The picture or recording that this token opens for the person who asks; a part of it where that is asked for, so that players can seek."""
    media_id = media_id_of(token, person_id=principal().person_id, now=clock.now())
    file = queries.media_file_by_id(media_id) if media_id is not None else None
    if file is None:
        raise NotFound
    data = without_metadata(files.get(file.sha256))
    response = Response(data, mimetype=file.mime, headers=HEADERS)
    if file.seconds is not None:
        response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response
