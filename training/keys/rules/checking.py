"""Checking what was signed, with nothing but the signer's public key. Brings `cryptography` along: only who checks imports this."""

from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from training.keys.rules.encoding import BASE58, base58_text
from training.keys.rules.integrity import CRYPTOSUITE, bytes_signed

_SIGNATURE_LENGTH = 64
_LONGEST_TEXT = 90


def is_proven(document_hash: bytes, proof: Mapping[str, Any], public_key: bytes) -> bool:
    """Whether the proof `eddsa-jcs-2022` is one of this key for the document whose canonical JSON has this SHA-256."""
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    signature = _signature(proof.get("proofValue"))
    if options.get("type") != "DataIntegrityProof" or options.get("cryptosuite") != CRYPTOSUITE or signature is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, bytes_signed(document_hash, options))
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


def _signature(text: object) -> bytes | None:
    """The bytes of a signature as proofs write it: `z` and base58, in the one way there is."""
    if not isinstance(text, str) or len(text) > _LONGEST_TEXT or not text.startswith("z") or not set(text[1:]) <= set(BASE58):
        return None
    number = 0
    for letter in text[1:]:
        number = number * 58 + BASE58.index(letter)
    found = number.to_bytes(max(_SIGNATURE_LENGTH, (number.bit_length() + 7) // 8))
    return found if len(found) == _SIGNATURE_LENGTH and base58_text(found) == text[1:] else None
