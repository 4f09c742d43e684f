"""A verifier that knows nothing of ours: docs/evidence.md, word for word, with published packages and hashlib."""

import hashlib
import json
from typing import Any

import rfc8785
from joserfc.jwk import OKPKey

LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def holds(data: bytes) -> bool:
    """Whether the signature and the chain of a pack hold."""
    try:
        file = json.loads(data)
        return rfc8785.dumps(file) == data and is_signed(file) and is_chained(file["pack"]["chain"]) and is_cited(file["pack"])
    except Exception:
        return False


def is_signed(file: dict[str, Any]) -> bool:
    proof = dict(file.pop("proof"))
    number = 0
    for letter in proof.pop("proofValue").removeprefix("z"):
        number = number * 58 + LETTERS.index(letter)
    signed = sha256(rfc8785.dumps(proof)) + sha256(rfc8785.dumps(file))
    OKPKey.import_key(file["pack"]["about"]["issuer"]["key"]).public_key.verify(number.to_bytes(64), signed)
    return True


def is_chained(chain: dict[str, Any]) -> bool:
    shown = {entry["position"]: hashlib.sha256(f"{entry['previous_hash']}\n{entry['said']}".encode()).hexdigest() for entry in chain["entries"]}
    head, hashes = chain["head"], iter(chain["hashes"])
    if shown.setdefault(head["position"], head["hash"]) != head["hash"]:
        return False

    def root(first: int, size: int) -> bytes:
        if not any(first <= position < first + size for position in shown):
            return bytes.fromhex(next(hashes))
        if size == 1:
            return sha256(b"\x00" + bytes.fromhex(shown[first]))
        half = 1
        while half * 2 < size:
            half *= 2
        left = root(first, half)
        return sha256(b"\x01" + left + root(first + half, size - half))

    return root(1, head["position"]).hex() == head["tree"] and next(hashes, None) is None


def is_cited(pack: dict[str, Any]) -> bool:
    given = {json.loads(entry["said"])["id"] for entry in pack["chain"]["entries"]}
    return all(entry["entry"] in given for person in pack["facts"]["people"] for entry in person["ledger"])
