"""Keys are made once, sealed, rotated, retired and revoked; what they sign is checked by other people's code."""

import jwt
import pytest
from flask import Flask
from joserfc import jwk
from joserfc import jwt as other_jwt
from sqlalchemy.exc import IntegrityError

from tests.conftest import Browser
from tests.keys.checking import is_good
from training import clock
from training.config import secrets_of
from training.db import db
from training.errors import NotFound, Refusal
from training.keys import queries, services
from training.keys.models import SigningKey
from training.keys.rules import KeyRefusal, TokenAlgorithm

SECRETS = ["the newest secret", "an older secret"]
SITE = "https://t.example"
DOCUMENT = {"@context": ["https://www.w3.org/ns/credentials/v2"], "name": "Nguyễn Thị Phượng", "list": [1, True, None]}


def test_the_first_use_makes_the_key_and_the_next_finds_it(app: Flask) -> None:
    first = services.signer(SECRETS, now=clock.now())
    second = services.signer(SECRETS, now=clock.now())
    assert first.number == second.number
    assert [key.number for key in queries.all_keys()] == [first.number]


def test_the_private_half_is_nowhere_in_the_clear_and_opens_with_the_secret_of_its_time(app: Flask) -> None:
    signer = services.signer(SECRETS[1:], now=clock.now())
    (key,) = queries.all_keys()
    assert key.sealed_private_key is not None
    assert signer.private_key.private_bytes_raw() not in key.sealed_private_key
    assert services.signer(SECRETS, now=clock.now()).number == signer.number
    with pytest.raises(Refusal) as refused:
        services.signer(["a secret of somebody else"], now=clock.now())
    assert refused.value.reason is KeyRefusal.SEALED


def test_a_rotated_key_signs_no_more_and_stays_published(app: Flask) -> None:
    old = services.signer(SECRETS, now=clock.now())
    new = services.rotate(SECRETS, now=clock.now())
    assert services.signer(SECRETS, now=clock.now()).number == new.number != old.number
    retired = queries.key_numbered(old.number)
    assert retired is not None
    assert retired.sealed_private_key is None
    assert {key.number for key in queries.published_keys()} == {old.number, new.number}


def test_two_keys_are_never_in_use_at_once(app: Flask) -> None:
    services.signer(SECRETS, now=clock.now())
    with pytest.raises(IntegrityError), db.session.begin_nested():
        db.session.add(SigningKey(number="another", algorithm="Ed25519", public_key=b"p", sealed_private_key=b"s", created_at=clock.now()))


def test_revoking_is_once_and_the_next_signature_has_a_new_key(app: Flask) -> None:
    old = services.signer(SECRETS, now=clock.now())
    services.revoke(old.number, reason="The laptop was stolen.", now=clock.now())
    assert services.signer(SECRETS, now=clock.now()).number != old.number
    with pytest.raises(Refusal) as refused:
        services.revoke(old.number, reason="Again.", now=clock.now())
    assert refused.value.reason is KeyRefusal.ALREADY_REVOKED
    with pytest.raises(NotFound):
        services.revoke("unknown", reason="Nobody has it.", now=clock.now())


def test_a_token_is_good_to_two_other_programs_and_not_when_tampered_with(app: Flask, browser: Browser) -> None:
    signer = services.signer(secrets_of(app.config), now=clock.now())
    db.session.commit()
    site = app.config["PUBLIC_URL"]
    keys = browser.get("/.well-known/jwks.json").json
    token = services.signed_token({"sub": "p_1", "name": "น้ำทิพย์"}, signer, site_url=site, algorithm=TokenAlgorithm.EDDSA)
    header = jwt.get_unverified_header(token)
    assert header == {"alg": "EdDSA", "kid": f"{site}/keys/{signer.number}", "typ": "JWT"}
    assert browser.get(header["kid"].removeprefix(site)).json == keys["keys"][0]
    key = jwt.PyJWK(keys["keys"][0])
    assert jwt.decode(token, key, algorithms=["EdDSA"]) == {"sub": "p_1", "name": "น้ำทิพย์"}
    forged = token.split(".")[0] + "." + jwt.encode({"sub": "p_2"}, "x" * 32).split(".")[1] + "." + token.split(".")[2]
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(forged, key, algorithms=["EdDSA"])
    other = services.signed_token({"sub": "p_1"}, signer, site_url=site, algorithm=TokenAlgorithm.ED25519)
    assert other_jwt.decode(other, jwk.KeySet.import_key_set(keys), algorithms=["Ed25519"]).claims == {"sub": "p_1"}


def test_a_proof_is_good_to_other_programs_and_not_when_anything_changed(app: Flask) -> None:
    signed = services.with_proof(DOCUMENT, services.signer(SECRETS, now=clock.now()), controller=f"{SITE}/badges/issuer", now=clock.now())
    assert is_good(signed)
    assert not is_good({**signed, "name": "Somebody else"})
    assert not is_good({**signed, "added": True})
    assert not is_good({**signed, "proof": {**signed["proof"], "created": "2020-01-01T00:00:00Z"}})
