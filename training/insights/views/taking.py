"""The files of a pack."""

from pathlib import Path

from flask import Response, send_file

from training.errors import Refusal
from training.insights import queries
from training.insights.files import paper_of, signed_of
from training.insights.rules import PackRefusal
from training.insights.views.blueprint import MAY_ASK, blueprint, viewer
from training.web.access import opens_to


@blueprint.get("/evidence/<public_id>.json")
@opens_to(*MAY_ASK)
def signed(public_id: str) -> Response:
    """The signed file."""
    found = queries.pack_numbered(public_id, viewer())
    return _file(signed_of(public_id), found.sha256, "application/json")


@blueprint.get("/evidence/<public_id>.pdf")
@opens_to(*MAY_ASK)
def paper(public_id: str) -> Response:
    """The same to be read."""
    found = queries.pack_numbered(public_id, viewer())
    return _file(paper_of(public_id), found.pdf_sha256, "application/pdf")


def _file(path: Path, sha256: str | None, content_type: str) -> Response:
    """A file, piece by piece. Raises Refusal where it is not there."""
    if sha256 is None:
        raise Refusal(PackRefusal.NOT_YET_MADE)
    if not path.exists():
        raise Refusal(PackRefusal.FILE_LOST)
    found = send_file(path.resolve(), mimetype=content_type, as_attachment=True, download_name=f"evidence-{path.name}", etag=sha256, max_age=0)
    found.headers["Cache-Control"] = "private, no-cache"
    return found
