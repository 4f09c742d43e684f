"""Data Integrity proofs of the suite `eddsa-jcs-2022` (W3C vc-di-eddsa §3.3): what exactly is signed."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from training.keys.rules.encoding import canonical_json

CRYPTOSUITE = "eddsa-jcs-2022"


def proof_options(document: Mapping[str, Any], *, verification_method: str, created: datetime) -> dict[str, Any]:
    """The proof without its value. It repeats the document's context, as the suite asks."""
    context = {"@context": document["@context"]} if "@context" in document else {}
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": CRYPTOSUITE,
        "created": f"{created:%Y-%m-%dT%H:%M:%SZ}",
        "verificationMethod": verification_method,
        "proofPurpose": "assertionMethod",
        **context,
    }


def bytes_to_sign(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """64 bytes: the hash of the proof's options, then the hash of the document, each in canonical JSON."""
    return bytes_signed(hashlib.sha256(canonical_json(document)).digest(), options)


def bytes_signed(document_hash: bytes, options: Mapping[str, Any]) -> bytes:
    """The same by the SHA-256 of the document's canonical JSON, for one that is too large to be held as a whole."""
    return hashlib.sha256(canonical_json(options)).digest() + document_hash
