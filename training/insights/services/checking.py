"""Checking a pack offline: no database and no network, only the file and, where there is one, a set of trusted keys. Brings `cryptography` along."""

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from training.audit.rules import hash_of_text, root_of_pruned
from training.insights.documents import ChainPart, SignedPack
from training.insights.rules.checking import Check, Finding, Report
from training.insights.services.citations import cited_faults, what_entries_do_not_say
from training.keys.rules import base64url_text, canonical_json, key_number, multikey_text
from training.keys.rules.checking import is_proven

T = TypeVar("T")
NEVER_CHECKED = (
    "Whether the issuer revoked the key since: ask the issuer's address for its keys today.",
    "Whether the platform was told the truth: the chain proves what was written down when, and that nothing was changed since.",
)


class _Fault(Exception):
    """A check does not hold; the text says why."""


def check_pack(data: bytes, trusted: Mapping[str, Any] | None = None) -> Report:
    """Check a pack's file against the keys of a JSON Web Key Set, or against the key that it carries itself. A check that fails is the last."""
    findings: list[Finding] = []
    try:
        value = _step(findings, Check.READABLE, lambda: _read(data), lambda _: f"{len(data)} bytes of JSON")
        _step(findings, Check.CANONICAL, lambda: _is_canonical(value, data), lambda _: "written as RFC 8785 says, to the byte")
        signed = _step(findings, Check.SCHEMA, lambda: _validated(data), lambda found: f"{found.pack.about.schema_name}, {len(found.pack.facts.people)} people")
        _step(findings, Check.SIGNATURE, lambda: _check_signature(value, signed, trusted), str)
        chain = signed.pack.chain
        _step(findings, Check.CHAIN, lambda: _check_chain(chain), str)
        _step(findings, Check.CITATIONS, lambda: _check_citations(signed), str)
    except _Fault:
        return Report(tuple(findings))
    return Report(tuple(findings), (*_not_trusted(signed, trusted), *what_entries_do_not_say(signed.pack), *NEVER_CHECKED))


def check_files(file: Path, keys: Path | None) -> tuple[list[str], bool]:
    """Check the pack in a file, against the keys in another where there is one: the report in lines, and whether the pack holds."""
    try:
        trusted = _read(keys.read_bytes()) if keys is not None else None
    except _Fault as fault:
        return [f"FAILED  keys: {fault}"], False
    report = check_pack(file.read_bytes(), trusted)
    lines = [f"{'ok    ' if finding.holds else 'FAILED'}  {finding.check.value}: {finding.said}" for finding in report.findings]
    return [*lines, *(f"not checked: {text}" for text in report.unchecked)], report.holds


def _step(findings: list[Finding], check: Check, deed: Callable[[], T], said: Callable[[T], str]) -> T:
    try:
        found = deed()
    except _Fault as fault:
        findings.append(Finding(check, False, str(fault)))
        raise
    findings.append(Finding(check, True, said(found)))
    return found


def _read(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _Fault(f"The file is no JSON: {error}.") from error
    if not isinstance(value, dict):
        raise _Fault("The file holds no JSON object.")
    return value


def _is_canonical(value: Mapping[str, Any], data: bytes) -> None:
    try:
        written = canonical_json(value)
    except (TypeError, ValueError) as error:
        raise _Fault(f"The file holds what is never signed: {error}.") from error
    if written != data:
        place = next((place for place, (one, other) in enumerate(zip(written, data, strict=False)) if one != other), min(len(written), len(data)))
        raise _Fault(f"The file is not written as RFC 8785 says, from byte {place} on.")


def _validated(data: bytes) -> SignedPack:
    try:
        return SignedPack.model_validate_json(data, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _Fault(f"{error.error_count()} fields are not as the schema says; the first: {where}: {first['msg']}.") from error


def _check_signature(value: Mapping[str, Any], signed: SignedPack, trusted: Mapping[str, Any] | None) -> str:
    issuer, proof = signed.pack.about.issuer, value["proof"]
    public_key = _public_key(issuer.key.x)
    number, method = key_number(public_key), f"{issuer.address}#{multikey_text(public_key)}"
    if proof["verificationMethod"] != method:
        raise _Fault("The proof names another key than the one the pack carries.")
    if trusted is not None and number not in _numbers(trusted):
        raise _Fault(f"The pack is signed by the key {number}, which is not among the keys that you trust.")
    if not is_proven(sha256(canonical_json({"pack": value["pack"]})).digest(), proof, public_key):
        raise _Fault(f"The signature is not one of the key {number} over this pack.")
    return f"signed by the key {number} of {issuer.name}, {issuer.address}"


def _public_key(text: str) -> bytes:
    try:
        found = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as error:
        raise _Fault("The pack's key cannot be read.") from error
    if len(found) != 32 or base64url_text(found) != text:
        raise _Fault("The pack's key cannot be read.")
    return found


def _numbers(trusted: Mapping[str, Any]) -> set[str]:
    """The thumbprints of the keys of a set, as far as they are of the kind that signs packs."""
    texts = [key.get("x") for key in trusted.get("keys", ()) if isinstance(key, dict) and key.get("crv") == "Ed25519"]
    return {key_number(_public_key(text)) for text in texts if isinstance(text, str)}


def _check_chain(chain: ChainPart) -> str:
    """Each entry's link, the links between neighbours, and that all of them are leaves of the tree whose root the head has."""
    hashes: dict[int, str] = {}
    for entry in chain.entries:
        if hashes and entry.position <= next(reversed(hashes)):
            raise _Fault(f"Position {entry.position}: the entries are not in order.")
        if hashes.get(entry.position - 1, entry.previous_hash) != entry.previous_hash:
            raise _Fault(f"Position {entry.position}: it does not follow the entry before it.")
        hashes[entry.position] = hash_of_text(entry.previous_hash, entry.said)
    if hashes.setdefault(chain.head.position, chain.head.hash) != chain.head.hash:
        raise _Fault(f"Position {chain.head.position}: the head has another hash than its entry.")
    try:
        root = root_of_pruned((bytes.fromhex(each) for each in chain.hashes), size=chain.head.position, shown=hashes)
    except ValueError as error:
        raise _Fault(f"The hashes are no part of a chain of {chain.head.position} entries: {error}.") from error
    if root.hex() != chain.head.tree:
        raise _Fault("The entries and hashes do not come to the tree's root: one of them was changed, or is not in the chain.")
    return f"{len(chain.entries)} entries are in the chain, whose head is {chain.head.position}:{chain.head.hash}"


def _check_citations(signed: SignedPack) -> str:
    cited = cited_faults(signed.pack)
    if cited.faults:
        raise _Fault(f"{len(cited.faults)} facts are not as their entries say; the first: {cited.faults[0]}")
    return f"{cited.proven_count} facts say what the entries say that they cite"


def _not_trusted(signed: SignedPack, trusted: Mapping[str, Any] | None) -> Sequence[str]:
    if trusted is not None:
        return ()
    number = key_number(_public_key(signed.pack.about.issuer.key.x))
    return (f"Whose key it is: the pack carries it itself. Compare {number} with the issuer's published keys, or give them with --key.",)
