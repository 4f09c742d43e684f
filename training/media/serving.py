"""The bytes of a stored file as an answer: shown in our own pages, and never as a page."""

from flask import Response, request

from training.media import files
from training.media.models import MediaFile
from training.media.rules import without_metadata

HEADERS = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""No entity tag and no date: either would name the picture."""


def response_of(file: MediaFile) -> Response:
    """This picture or recording; a part of it where that is asked for, so that players can seek."""
    data = without_metadata(files.get(file.sha256))
    response = Response(data, mimetype=file.mime, headers=HEADERS)
    if file.seconds is not None:
        response.make_conditional(request, accept_ranges=True, complete_length=len(data))
    return response
