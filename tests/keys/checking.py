"""Checking what was signed by published packages and the words of the specifications alone; nothing of ours is imported here."""

import base64
import gzip
import hashlib
from typing import Any

import base58
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def is_good(signed: dict[str, Any], controller: dict[str, Any] | None = None) -> bool:
    """Whether the proof holds (vc-di-eddsa §3.3.2), by a key that the controller's document still trusts where one is given."""
    document = {name: value for name, value in signed.items() if name != "proof"}
    proof = dict(signed["proof"])
    value = base58.b58decode(proof.pop("proofValue").removeprefix("z"))
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != ("DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"):
        return False
    if proof.get("@context") != document.get("@context"):
        return False
    key = _published(proof["verificationMethod"], controller) if controller else proof["verificationMethod"].rpartition("#")[2]
    if key is None:
        return False
    hashes = [hashlib.sha256(rfc8785.dumps(part)).digest() for part in (proof, document)]
    try:
        Ed25519PublicKey.from_public_bytes(base58.b58decode(key.removeprefix("z")).removeprefix(b"\xed\x01")).verify(value, b"".join(hashes))
    except InvalidSignature:
        return False
    return True


def _published(method: str, controller: dict[str, Any]) -> str | None:
    """The key of this verification method, where its controller says that it speaks for it."""
    found = [entry for entry in controller["verificationMethod"] if entry["id"] == method and entry["controller"] == controller["id"]]
    return found[0]["publicKeyMultibase"] if found and method in controller["assertionMethod"] and "revoked" not in found[0] else None


def is_set(status: dict[str, str], listed: dict[str, Any]) -> bool:
    """Whether the bit of this entry is set in the list it points to (Bitstring Status List 1.0 §3.2)."""
    subject = listed["credentialSubject"]
    assert (listed["id"], subject["statusPurpose"]) == (status["statusListCredential"], status["statusPurpose"])
    encoded = subject["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    assert len(bits) * 8 >= 131_072
    index = int(status["statusListIndex"])
    return bool(bits[index // 8] >> (7 - index % 8) & 1)
