"""Keys for everybody who checks a signature."""

from flask import Blueprint, Response, current_app, jsonify

from training.errors import NotFound
from training.keys import queries
from training.keys.rules import ISSUER_PATH, KeyRefusal, did_document, json_web_key, json_web_keys
from training.web.access import opens_to_everyone
from training.web.wording import give_words

blueprint = Blueprint("keys", __name__)

give_words(
    {
        KeyRefusal.SEALED: "The signing key cannot be opened: none of SECRET_KEYS is the one it was sealed with. An operator runs `flask keys rotate`.",
        KeyRefusal.ALREADY_REVOKED: "This key is revoked already.",
    }
)


def _for_a_while(response: Response, mimetype: str) -> Response:
    """Keys change seldom, and whoever checks must hear of it within minutes."""
    response.mimetype = mimetype
    response.cache_control.public = True
    response.cache_control.max_age = 300
    response.access_control_allow_origin = "*"
    return response


@blueprint.get("/.well-known/jwks.json")
@opens_to_everyone
def key_set() -> Response:
    """Every key whose signatures are good, as JSON Web Keys."""
    return _for_a_while(jsonify(json_web_keys(queries.published_keys(), site_url=current_app.config["PUBLIC_URL"])), "application/jwk-set+json")


@blueprint.get("/keys/<number>")
@opens_to_everyone
def key(number: str) -> Response:
    """One key whose signatures are good. A revoked one is not found here."""
    found = next((entry for entry in queries.published_keys() if entry.number == number and entry.revoked_at is None), None)
    if found is None:
        raise NotFound(number)
    return _for_a_while(jsonify(json_web_key(found, site_url=current_app.config["PUBLIC_URL"])), "application/jwk+json")


@blueprint.get("/.well-known/did.json")
@opens_to_everyone
def did() -> Response:
    """The keys by the method did:web."""
    site_url = current_app.config["PUBLIC_URL"]
    document = did_document(queries.published_keys(), site_url=site_url, also_known_as=[site_url + ISSUER_PATH])
    return _for_a_while(jsonify(document), "application/did+json")
