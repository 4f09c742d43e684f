"""How keys and proofs are written, against other people's code and the W3C's published figures."""

import json
from typing import Any

import base58
import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st
from joserfc.jwk import OKPKey

from training.keys.rules import (
    PublishedKey,
    base58_text,
    base64url_text,
    bytes_to_sign,
    canonical_json,
    did_of,
    json_web_keys,
    key_number,
    multikey_text,
    verification_methods,
)

# The key, document and figures that W3C vc-di-eddsa publishes for eddsa-jcs-2022 (TestVectors/keyPair.json and TestVectors/eddsa-jcs-2022).
PUBLIC_KEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE_KEY = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
CONTEXT = ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"]
CREDENTIAL = {
    "@context": CONTEXT,
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
OPTIONS = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "created": "2023-02-24T23:36:38Z",
    "verificationMethod": f"https://vc.example/issuers/5678#{PUBLIC_KEY}",
    "proofPurpose": "assertionMethod",
    "@context": CONTEXT,
}
# The published hash is of the same proof with the key named by did:key, as the test vectors had it first.
COMBINED_HASH = "66ab154f5c2890a140cb8388a22a160454f80575f6eae09e5a097cabe539a1db59b7cb6251b8991add1ce0bc83107e3db9dbbab5bd2c28f687db1a03abc92f19"
PROOF_VALUE = "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def test_the_published_credential_gives_the_published_hash_and_proof() -> None:
    assert bytes_to_sign(CREDENTIAL, {**OPTIONS, "verificationMethod": f"did:key:{PUBLIC_KEY}#{PUBLIC_KEY}"}).hex() == COMBINED_HASH
    private = Ed25519PrivateKey.from_private_bytes(base58.b58decode(PRIVATE_KEY[1:])[2:])
    assert multikey_text(private.public_key().public_bytes_raw()) == PUBLIC_KEY
    assert "z" + base58_text(private.sign(bytes_to_sign(CREDENTIAL, OPTIONS))) == PROOF_VALUE


@given(st.dictionaries(TEXTS, JSON_VALUES, max_size=5))
def test_documents_are_written_as_rfc_8785_has_it(document: dict[str, Any]) -> None:
    assert canonical_json(document) == rfc8785.dumps(document)


@pytest.mark.parametrize("value", [0.5, {1, 2}, b"bytes"])
def test_what_cannot_be_said_exactly_is_not_signed(value: object) -> None:
    with pytest.raises(TypeError, match="never signed"):
        canonical_json({"value": value})
    with pytest.raises(ValueError, match="exactly"):
        canonical_json({"value": 2**53})


@given(st.binary(max_size=70))
def test_base58_is_everybodys(value: bytes) -> None:
    assert base58_text(value) == base58.b58encode(value).decode()


def test_a_key_is_named_by_the_thumbprint_that_others_compute() -> None:
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert key_number(public) == OKPKey.import_key({"kty": "OKP", "crv": "Ed25519", "x": base64url_text(public)}).thumbprint()


def test_a_revoked_key_is_in_no_set_and_asserts_nothing(frozen_key: PublishedKey) -> None:
    kept = PublishedKey("kept", bytes(range(32)))
    assert [key["kid"] for key in json_web_keys([kept, frozen_key], site_url="https://t.example")["keys"]] == ["https://t.example/keys/kept"]
    published = verification_methods([kept, frozen_key], controller="https://t.example/badges/issuer")
    assert published["assertionMethod"] == [f"https://t.example/badges/issuer#{kept.multikey}"]
    assert [method.get("revoked") for method in published["verificationMethod"]] == [None, "2026-03-01T12:00:00Z"]
    Ed25519PublicKey.from_public_bytes(base58.b58decode(published["verificationMethod"][0]["publicKeyMultibase"][1:])[2:])
    assert json.dumps(published)


@pytest.mark.parametrize(
    ("url", "did"),
    [
        ("https://Moderators.Example", "did:web:moderators.example"),
        ("http://127.0.0.1:5000", "did:web:127.0.0.1%3A5000"),
        ("https://example.org/training/one", "did:web:example.org:training:one"),
    ],
)
def test_the_sites_did_follows_its_address(url: str, did: str) -> None:
    assert did_of(url) == did
