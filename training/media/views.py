"""The pages of this room: one picture or recording, for those it was shown to."""

from flask import Blueprint, Response

from training import clock
from training.errors import NotFound
from training.media import queries
from training.media.rules import PictureRefusal, RecordingRefusal
from training.media.serving import response_of
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
        PictureRefusal.TOO_MANY_PIXELS: "A side of the picture is longer than {largest_side} pixels, or it has more than 24 million. Make it smaller.",
        PictureRefusal.BOX_OUTSIDE: "A box reaches beyond the picture, or has no extent. Its corner and size are in the picture’s own pixels.",
        PictureRefusal.NO_BOX: "Draw a box, or write its corner and size.",
        RecordingRefusal.MALFORMED: "The recording is damaged, or of a kind that browsers do not play. Export it as WebM (VP8, VP9 or AV1) or as plain WAV.",
        RecordingRefusal.NO_LENGTH: "The recording does not say how long it is, so nobody could seek in it. Export it again with a length.",
        RecordingRefusal.TOO_LONG: "The recording is longer than {longest_minutes} minutes. Cut it.",
        RecordingRefusal.MORE_THAN_IT_SHOWS: "The recording holds a title, tags or attachments, which would tell where it comes from. Export it without them.",
    }
)


@blueprint.get("/media/<token>")
@opens_to_signed_in
def show(token: str) -> Response:
    """The picture or recording that this token opens for the person who asks; a part of it where that is asked for, so that players can seek."""
    media_id = media_id_of(token, person_id=principal().person_id, now=clock.now())
    file = queries.media_file_by_id(media_id) if media_id is not None else None
    if file is None:
        raise NotFound
    return response_of(file)
