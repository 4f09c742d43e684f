"""The queues and their answers for people with curl."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from training import clock
from training.api.answers import answered, decision_json
from training.api.authzen import SCOPE
from training.api.bodies import read_context
from training.errors import NotFound
from training.queues import queries
from training.queues.queries import PublishedQueue
from training.queues.rules.decision import Code
from training.web.access import opens_to_clients

blueprint = Blueprint("api_queues", __name__, url_prefix="/api/v1")


def _queue_json(queue: PublishedQueue) -> dict[str, Any]:
    document = queue.document
    return {
        "slug": document.id,
        "name": document.title,
        "summary": document.summary,
        "surfaces": document.surfaces,
        "areas": document.areas,
        "severity_ceiling": document.severity_ceiling,
        "requires": document.requires.model_dump(mode="json"),
    }


@blueprint.get("/queues")
@opens_to_clients(SCOPE)
def queues() -> Response:
    """Every queue and what it requires."""
    return jsonify(queues=[_queue_json(queue) for queue in queries.queues(now=clock.now())])


@blueprint.get("/queues/<queue>/access/<subject>")
@opens_to_clients(SCOPE)
def access(queue: str, subject: str) -> Response:
    """May this person take work from this queue? `?at=` asks about another instant, `?known_at=` as known at another."""
    now = clock.now()
    at, known_at = read_context(request.args).instants(now)
    decision = queries.access_of(subject, queue, at=at, known_at=known_at)
    if any(reason.code is Code.UNKNOWN_QUEUE for reason in decision.reasons):
        raise NotFound(queue)
    return answered({"queue": queue, "subject": subject, "asked_at": now, **decision_json(decision)})
