"""Making keys, taking them out of use, signing and sealing. `cryptography` is brought along by the first of it, and by nothing else."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from training.keys.rules.ciphers import Ciphers

ALGORITHM = "Ed25519"
PURPOSE = "signing keys"
_SEED_LENGTH = 32


def _ciphers() -> "type[Ciphers]":
    """The one place that brings `cryptography` along: loading it takes as long as everything else of this room together, and most processes never sign."""
    from training.keys.rules.ciphers import Ciphers  # noqa: PLC0415  # Brings cryptography along.

    return Ciphers


@dataclass(frozen=True, slots=True)
class Signer:
    """The key that signs at present, opened."""

    number: str
    multikey: str
    private_key: "Ed25519PrivateKey"


_SIGNERS: Remembered[tuple[str, tuple[str, ...]], Signer] = Remembered(4)
"""Keys that were opened in this process, under what opened them: opening costs more than signing does."""


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
    return Signer(key.number, multikey_text(key.public_key), _ciphers().private_key(private_key))


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
    seed = os.urandom(_SEED_LENGTH)
    public = _ciphers().private_key(seed).public_key().public_bytes_raw()
    number = key_number(public)
    private_key = sealed(seed, purpose=PURPOSE, name=number, secrets=secrets)
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
    return _ciphers().sealed(value, secret=secrets[0], purpose=purpose, name=name, nonce=os.urandom(_ciphers().NONCE_LENGTH))


def opened(value: bytes, *, purpose: str, name: str, secrets: Sequence[str]) -> bytes | None:
    """What was sealed for this purpose under this name; nothing where none of the secrets opens it."""
    found = (_ciphers().opened(value, secret=secret, purpose=purpose, name=name) for secret in secrets)
    return next((each for each in found if each is not None), None)
