"""Whether the program lives, and whether it can serve."""

from flask import Blueprint, Response, jsonify

from training.db import applied_revision, needed_revision
from training.web.access import opens_to_everyone

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@opens_to_everyone
def alive() -> Response:
    """The process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@opens_to_everyone
def ready() -> tuple[Response, int]:
    """The database answers and holds the tables this version needs; in an upgrade it may hold those of the next one already."""
    needed, applied = needed_revision(), applied_revision()
    is_ready = applied is not None and applied >= needed
    return jsonify(status="ok" if is_ready else "not ready", migration=applied, needed_migration=needed), 200 if is_ready else 503
