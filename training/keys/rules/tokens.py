"""Signed tokens (JWT in the compact form, RFC 7515 and 7519): what exactly is signed."""

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from training.keys.rules.encoding import base64url_text


class TokenAlgorithm(StrEnum):
    """How a token names Ed25519."""

    EDDSA = "EdDSA"
    """As RFC 8037 has it, and as those who check badges know it."""
    ED25519 = "Ed25519"
    """As RFC 9864 has it."""


def signing_input(claims: Mapping[str, Any], *, key_address: str, algorithm: TokenAlgorithm) -> str:
    """The token up to its signature, which is made over these ASCII letters."""
    header = {"alg": algorithm.value, "kid": key_address, "typ": "JWT"}
    return ".".join(base64url_text(json.dumps(part, ensure_ascii=False, separators=(",", ":")).encode()) for part in (header, claims))
