"""The searches of the OpenID AuthZEN Authorization API 1.0: who may, where, and how. Each is answered page by page, as of one instant."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, current_app
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.exceptions import BadRequest

from training import clock
from training.api.answers import answered
from training.api.authzen import ACTIONS, RESOURCE_TYPE, SCOPE, SUBJECT_TYPE, echo_request_id
from training.api.bodies import USUAL_PAGE, ActionSearch, ResourceSearch, SubjectSearch, read_body
from training.config import secrets_of
from training.queues import queries
from training.queues.queries import Found
from training.web.access import opens_to_clients

blueprint = Blueprint("authzen_searches", __name__, url_prefix="/access/v1/search")
blueprint.after_request(echo_request_id)
NOTHING: Found[str] = Found([], None)
Search = SubjectSearch | ResourceSearch | ActionSearch


@dataclass(frozen=True, slots=True)
class Asked:
    """One page that is asked for: which instant as known when, after whom, and what tells this search from others."""

    at: datetime
    known_at: datetime
    after: str | int | None
    digest: str
    size: int


@blueprint.post("/subject")
@opens_to_clients(SCOPE)
def subjects() -> Response:
    """Who may do this in the queue?"""
    search = read_body(SubjectSearch)
    asked, action = _asked(search, after_type=int), ACTIONS.get(search.action.name)
    if action is None or (search.subject.type, search.resource.type) != (SUBJECT_TYPE, RESOURCE_TYPE):
        return _answered(asked, NOTHING, [])
    found = queries.people_let_in(search.resource.id, action, at=asked.at, known_at=asked.known_at, after=int(asked.after or 0), size=asked.size)
    return _answered(asked, found, [{"type": SUBJECT_TYPE, "id": name} for name in found.names])


@blueprint.post("/resource")
@opens_to_clients(SCOPE)
def resources() -> Response:
    """In which queues may this person do this?"""
    search = read_body(ResourceSearch)
    asked, action = _asked(search, after_type=str), ACTIONS.get(search.action.name)
    if action is None or (search.subject.type, search.resource.type) != (SUBJECT_TYPE, RESOURCE_TYPE):
        return _answered(asked, NOTHING, [])
    found = queries.queues_open(search.subject.id, action, at=asked.at, known_at=asked.known_at, after=str(asked.after or ""), size=asked.size)
    return _answered(asked, found, [{"type": RESOURCE_TYPE, "id": name} for name in found.names])


@blueprint.post("/action")
@opens_to_clients(SCOPE)
def actions() -> Response:
    """What may this person do in the queue?"""
    search = read_body(ActionSearch)
    asked = _asked(search, after_type=str)
    if (search.subject.type, search.resource.type) != (SUBJECT_TYPE, RESOURCE_TYPE):
        return _answered(asked, NOTHING, [])
    granted = [action.value for action in queries.actions_open(search.subject.id, search.resource.id, at=asked.at, known_at=asked.known_at)]
    start = granted.index(str(asked.after)) + 1 if asked.after in granted else 0
    shown = granted[start : start + asked.size]
    rest = granted[start + asked.size :]
    found = Found(shown, (shown[-1] if shown else str(asked.after or "")) if rest else None)
    return _answered(asked, found, [{"name": name} for name in shown])


def _tokens() -> URLSafeSerializer:
    return URLSafeSerializer(secrets_of(current_app.config)[::-1], salt="authzen-page")


def _asked(search: Search, *, after_type: type[int] | type[str]) -> Asked:
    """The page asked for. Later pages are about the instant of the first, so that nobody is missed or met twice because time went on.

    Raises BadRequest for a token that is not ours, or was given for another search or another size of page.
    """
    now, size = clock.now(), search.page.size
    digest = hashlib.sha256(search.model_dump_json(exclude={"page"}).encode()).hexdigest()[:32]
    if not search.page.token:
        at, known_at = search.context.instants(now)
        return Asked(at, known_at, None, digest, USUAL_PAGE if size is None else size)
    try:
        given, given_size, at_text, known_text, after = _tokens().loads(search.page.token)
    except (BadSignature, ValueError) as error:
        raise BadRequest("page.token: is not one that was given out here; begin again without it") from error
    if given != digest or size not in (None, given_size) or not isinstance(after, after_type):
        raise BadRequest("page.token: belongs to another search; ask for the next page with everything else as it was")
    return Asked(datetime.fromisoformat(at_text), datetime.fromisoformat(known_text), after, digest, given_size)


def _answered(asked: Asked, found: Found[Any], results: list[dict[str, str]]) -> Response:
    here = [asked.digest, asked.size, asked.at.isoformat(), asked.known_at.isoformat()]
    page = {"next_token": "" if found.next_after is None else _tokens().dumps([*here, found.next_after]), "count": len(results)}
    return answered({"page": page, "context": {"at": asked.at.astimezone(UTC), "known_at": asked.known_at.astimezone(UTC)}, "results": results})
