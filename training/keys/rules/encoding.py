"""Bytes and documents as text: base64url, base58 (Bitcoin's letters), multikeys, and canonical JSON (RFC 8785)."""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
"""Bitcoin's letters, from nought to fifty-seven."""
_ED25519_PUBLIC = b"\xed\x01"
"""What the multicodec table puts before an Ed25519 public key."""
_LARGEST_INTEGER = 2**53 - 1
"""Beyond it JSON's numbers, which are doubles, are not exact."""


def base64url_text(value: bytes) -> str:
    """Base64 for addresses and tokens, without padding (RFC 4648 §5)."""
    return urlsafe_b64encode(value).decode().rstrip("=")


def base58_text(value: bytes) -> str:
    """Base58 as multibase's `z` has it; each zero byte in front is a `1`."""
    number, letters = int.from_bytes(value), ""
    while number:
        number, rest = divmod(number, 58)
        letters = BASE58[rest] + letters
    return "1" * (len(value) - len(value.lstrip(b"\0"))) + letters


def multikey_text(public_key: bytes) -> str:
    """An Ed25519 public key of 32 bytes as `z6Mk…` (Controlled Identifiers, Multikey)."""
    return "z" + base58_text(_ED25519_PUBLIC + public_key)


def key_number(public_key: bytes) -> str:
    """What identifies a key: the thumbprint of its JSON Web Key (RFC 7638, RFC 8037)."""
    members = {"crv": "Ed25519", "kty": "OKP", "x": base64url_text(public_key)}
    return base64url_text(hashlib.sha256(canonical_json(members)).digest())


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """A document as RFC 8785 writes it, in UTF-8: members in order of their UTF-16 names, no spaces.

    Raises TypeError for fractions, which nothing that is signed here has, and ValueError for whole numbers that are not exact in JSON.
    """
    return json.dumps(_in_order(value), ensure_ascii=False, separators=(",", ":")).encode()


def _in_order(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _in_order(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_in_order(member) for member in value]
    if isinstance(value, int) and abs(value) > _LARGEST_INTEGER:
        raise ValueError("a number that JSON cannot say exactly is written as a text")
    if value is None or isinstance(value, str | bool | int):
        return value
    raise TypeError(f"{type(value).__name__} is never signed")
