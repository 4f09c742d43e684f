"""Where programs learn where to ask."""

from typing import Any

import jwt
import pytest
from flask import Flask
from joserfc import jwt as other_jwt
from joserfc.errors import SecurityWarning
from joserfc.jwk import KeySet

from tests.conftest import Browser
from training.api.metadata import ENDPOINTS

ADDRESS = "/.well-known/authzen-configuration"
SITE = "http://127.0.0.1:5000"


def test_the_metadata_names_every_endpoint_there_is(app: Flask, browser: Browser) -> None:
    found = browser.get(ADDRESS)
    told = {name: value for name, value in found.json.items() if name.endswith("_endpoint")}
    assert found.json["policy_decision_point"] == SITE
    assert told == {name: SITE + path for name, path in ENDPOINTS.items()}
    assert {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/access/")} == set(ENDPOINTS.values())
    assert "max-age=300" in found.headers["Cache-Control"]


def _read(browser: Browser, token: str) -> dict[str, Any]:
    keys = browser.get("/.well-known/jwks.json").json
    (key,) = [each for each in jwt.PyJWKSet.from_dict(keys).keys if each.key_id == jwt.get_unverified_header(token)["kid"]]
    claims = jwt.decode(token, key, algorithms=["EdDSA"], issuer=SITE)
    with pytest.warns(SecurityWarning, match="RFC 9864"):
        assert other_jwt.decode(token, KeySet.import_key_set(keys), algorithms=["EdDSA"]).claims == claims
    return claims


def test_the_signed_metadata_says_the_same_by_a_key_that_is_published(browser: Browser) -> None:
    found = browser.get(ADDRESS).json
    token = found.pop("signed_metadata")
    claims = _read(browser, token)
    assert claims.pop("iss") == SITE and claims.pop("iat")
    assert claims == found
    head, payload, signature = token.split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        _read(browser, ".".join([head, payload[:-4] + "AAAA", signature]))


def test_where_no_secret_opens_the_key_the_metadata_is_told_unsigned(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    assert browser.get(ADDRESS).json["signed_metadata"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret altogether, as after a change that forgot the old one")
    found = browser.get(ADDRESS)
    assert (found.status_code, "signed_metadata" in found.json) == (200, False)
