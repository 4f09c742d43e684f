"""Where the endpoints of the OpenID AuthZEN Authorization API 1.0 are, for whoever asks first; signed as well."""

from datetime import datetime

from flask import Blueprint, Response, current_app, jsonify

from training import clock
from training.api.signing import kept_signer
from training.errors import Refusal
from training.keys.rules import TokenAlgorithm
from training.keys.services import signed_token
from training.web.access import opens_to_everyone

blueprint = Blueprint("authzen_metadata", __name__)

ENDPOINTS = {
    "access_evaluation_endpoint": "/access/v1/evaluation",
    "access_evaluations_endpoint": "/access/v1/evaluations",
    "search_subject_endpoint": "/access/v1/search/subject",
    "search_resource_endpoint": "/access/v1/search/resource",
    "search_action_endpoint": "/access/v1/search/action",
}
"""What the standard calls each address (§9.1.1)."""


@blueprint.get("/.well-known/authzen-configuration")
@opens_to_everyone
def configuration() -> Response:
    """Where to ask; and the same as a token, for those who trust only what is signed (§9.1.3)."""
    base = current_app.config["PUBLIC_URL"]
    found = {"policy_decision_point": base, **{name: base + path for name, path in ENDPOINTS.items()}}
    signed = _signed(found, now=clock.now())
    response = jsonify({**found, "signed_metadata": signed} if signed else found)
    response.cache_control.public = True
    response.cache_control.max_age = 300
    return response


def _signed(found: dict[str, str], *, now: datetime) -> str | None:
    """The metadata as a token whose issuer is this site; left out where no secret opens the key, because asking must work without it."""
    base = current_app.config["PUBLIC_URL"]
    try:
        by = kept_signer(now=now)
    except Refusal:
        return None
    return signed_token({"iss": base, "iat": int(now.timestamp()), **found}, by, site_url=base, algorithm=TokenAlgorithm.EDDSA)
