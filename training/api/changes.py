"""The feed of what changed at the gate, for tools that keep its answers."""

from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import BadRequest

from training import clock
from training.api.answers import answered
from training.api.authzen import SCOPE
from training.db import begin_writing, db
from training.queues import queries, services
from training.queues.queries import FeedSpan, SequencedChange
from training.queues.rules.changes import ChangeKind
from training.web.access import opens_to_clients

blueprint = Blueprint("api_changes", __name__, url_prefix="/api/v1")

LATEST = "latest"
USUAL_PAGE, LARGEST_PAGE = 100, 1_000
LONGEST_NUMBER = 18
"""Digits of any position there will ever be."""
BEGIN_ANEW = "Ask with cursor=latest, ask the gate for everything you keep, and go on from there."

DETAILS = {
    ChangeKind.PERSON: "What is true of the person: status, languages or markets.",
    ChangeKind.CERTIFICATE: "The person's certificate: awarded, begun, ending, ended, suspended or the like.",
    ChangeKind.POLICY: "What was read of a policy, or is to be learned by when.",
    ChangeKind.OVERRIDE: "A dated exception began, ended or was made.",
    ChangeKind.AVAILABILITY: "Whether the person is available for this work.",
    ChangeKind.REQUIREMENTS: "What the queue demands.",
}


@blueprint.get("/access/changes")
@opens_to_clients(SCOPE)
def changes() -> Response:
    """What changed behind the cursor. Whatever is due is sequenced first, so that a change is there in the first request after its commit."""
    limit = _number(request.args.get("limit", str(USUAL_PAGE)), "limit", least=1, most=LARGEST_PAGE)
    now = clock.now()
    if queries.is_anything_due(now=now):
        begin_writing()
        services.sequence(now=now)
        db.session.commit()
    cursor = _cursor(request.args.get("cursor"), queries.feed_span())
    found = queries.changes_after(cursor, limit=limit)
    end = found[-1].position if found else cursor
    return answered({"changes": [change_json(change) for change in found], "next_cursor": str(end), "has_more": len(found) == limit})


def _cursor(text: str | None, span: FeedSpan) -> int:
    """The position behind which to go on. Raises BadRequest where the feed does not know what came after it."""
    if text is None:
        return span.first - 1
    if text == LATEST:
        return span.last
    position = _number(text, "cursor", least=0, most=10**LONGEST_NUMBER)
    if position > span.last:
        raise BadRequest(
            f"cursor: {position} lies behind the feed's end, {span.last}: it is of another database, or of one that a backup replaced. {BEGIN_ANEW}"
        )
    if position < span.first - 1:
        raise BadRequest(f"cursor: what came after {position} is not kept any more; the feed begins behind {span.first - 1}. {BEGIN_ANEW}")
    return position


def _number(text: str, name: str, *, least: int, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER and least <= int(text) <= most):
        raise BadRequest(f"{name}: must be a whole number, {least} or more" + ("" if name == "cursor" else f" and at most {most}") + ".")
    return int(text)


def change_json(change: SequencedChange) -> dict[str, Any]:
    """One event as programs read it."""
    return {
        "position": change.position,
        "at": change.at,
        "kind": change.kind.value,
        "subject": change.subject,
        "queues": change.queues,
        "certification": change.certification,
        "detail": DETAILS[change.kind],
    }
