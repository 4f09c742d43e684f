"""Making keys, taking them out of use, and signing. Brings `cryptography` along: only who signs imports this."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy.exc import IntegrityError

from training.db import Remembered, db
from training.errors import NotFound, Refusal
from training.keys import queries
from training.keys.models import SigningKey
from training.keys.rules import (
    KeyRefusal,
    TokenAlgorithm,
    base58_text,
    base64url_text,
    bytes_signed,
    bytes_to_sign,
    key_address,
    key_number,
    multikey_text,
    proof_options,
    signing_input,
)

ALGORITHM = "Ed25519"
PURPOSE = "signing keys"
_NONCE_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs at present, opened."""

    number: str
    multikey: str
    private_key: Ed25519PrivateKey


_SIGNERS: Remembered[tuple[str, tuple[str, ...]], Signer] = Remembered(4)
"""Keys that were opened in this process, under what opened them: opening costs more than signing does."""


def secrets_of(config: Mapping[str, Any]) -> list[str]:
    """SECRET_KEYS as the application's configuration has them, the newest first."""
    return [config["SECRET_KEY"], *config["SECRET_KEY_FALLBACKS"]]


def signer(secrets: Sequence[str], *, now: datetime) -> Signer:
    """The key that signs, made where there is none yet. `secrets` are SECRET_KEYS, the newest first.

    The transaction has to be one that writes where `queries.sealed_key_in_use()` finds none. Raises Refusal where none of the secrets opens the key.
    """
    key = queries.sealed_key_in_use()
    if key is None:
        _new_key(secrets, now=now)
        key = queries.sealed_key_in_use()
        assert key is not None, "one was made, here or by who was faster"
    known = key.number, tuple(secrets)
    return _SIGNERS.get(known) or _SIGNERS.put(known, _open_signer(key, secrets))


def _open_signer(key: queries.SealedKey, secrets: Sequence[str]) -> Signer:
    private_key = opened(key.sealed_private_key, purpose=PURPOSE, name=key.number, secrets=secrets)
    if private_key is None:
        raise Refusal(KeyRefusal.SEALED, number=key.number)
    return Signer(key.number, multikey_text(key.public_key), Ed25519PrivateKey.from_private_bytes(private_key))


def rotate(secrets: Sequence[str], *, now: datetime) -> SigningKey:
    """Sign with a new key from now on. What the one before signed stays good."""
    current = queries.key_in_use(is_to_be_changed=True)
    if current is not None:
        _retire(current, now=now)
    return _new_key(secrets, now=now)


def revoke(number: str, *, reason: str, now: datetime) -> None:
    """Let nobody trust this key any more: whoever held it could sign in our name. Raises NotFound, and Refusal for one revoked before."""
    key = queries.key_numbered(number)
    if key is None:
        raise NotFound(number)
    if key.revoked_at is not None:
        raise Refusal(KeyRefusal.ALREADY_REVOKED, number=number)
    if key.retired_at is None:
        _retire(key, now=now)
    key.revoked_at, key.revoked_because = now, reason


def signed_token(claims: Mapping[str, Any], by: Signer, *, site_url: str, algorithm: TokenAlgorithm) -> str:
    """A JSON Web Token with these claims, which says at which address its key is found."""
    unsigned = signing_input(claims, key_address=key_address(site_url, by.number), algorithm=algorithm)
    return f"{unsigned}.{base64url_text(by.private_key.sign(unsigned.encode()))}"


def proof_of(document_hash: bytes, by: Signer, *, controller: str, now: datetime) -> dict[str, Any]:
    """A Data Integrity proof `eddsa-jcs-2022` of a document without a context, by the SHA-256 of its canonical JSON."""
    options = proof_options({}, verification_method=f"{controller}#{by.multikey}", created=now.astimezone(UTC))
    return {**options, "proofValue": f"z{base58_text(by.private_key.sign(bytes_signed(document_hash, options)))}"}


def with_proof(document: Mapping[str, Any], by: Signer, *, controller: str, now: datetime) -> dict[str, Any]:
    """The document with a Data Integrity proof `eddsa-jcs-2022` by a key that this controller's document publishes."""
    options = proof_options(document, verification_method=f"{controller}#{by.multikey}", created=now.astimezone(UTC))
    signature = by.private_key.sign(bytes_to_sign(document, options))
    return {**document, "proof": {**options, "proofValue": f"z{base58_text(signature)}"}}


def _new_key(secrets: Sequence[str], *, now: datetime) -> SigningKey:
    """Make the key that signs from now on; where another process was faster, take that one."""
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    number = key_number(public)
    private_key = sealed(private.private_bytes_raw(), purpose=PURPOSE, name=number, secrets=secrets)
    key = SigningKey(number=number, algorithm=ALGORITHM, public_key=public, sealed_private_key=private_key, created_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(key)
    except IntegrityError:
        return queries.key_in_use() or key
    return key


def _retire(key: SigningKey, *, now: datetime) -> None:
    key.retired_at, key.sealed_private_key = now, None
    db.session.flush()


def sealed(value: bytes, *, purpose: str, name: str, secrets: Sequence[str]) -> bytes:
    """The value encrypted with a key that the newest of the secrets gives for this purpose; it opens under the same name only."""
    nonce = os.urandom(_NONCE_LENGTH)
    return nonce + _sealing_key(secrets[0], purpose).encrypt(nonce, value, name.encode())


def opened(value: bytes, *, purpose: str, name: str, secrets: Sequence[str]) -> bytes | None:
    """What was sealed for this purpose under this name; nothing where none of the secrets opens it."""
    for secret in secrets:
        try:
            return _sealing_key(secret, purpose).decrypt(value[:_NONCE_LENGTH], value[_NONCE_LENGTH:], name.encode())
        except InvalidTag:
            continue
    return None


def _sealing_key(secret: str, purpose: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=f"touchstone {purpose}".encode()).derive(secret.encode()))
