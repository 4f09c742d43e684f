"""What everybody may know of keys: JSON Web Keys (RFC 7517, 8037), verification methods (W3C Controlled Identifiers), a DID document (did:web)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

from training.keys.rules.encoding import base64url_text, multikey_text

ISSUER_PATH = "/badges/issuer"
"""Where this site introduces itself to those who check badges, with its keys."""
DID_CONTEXT = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """One key: its thumbprint, its 32 public bytes, and since when nobody may trust it, if so."""

    number: str
    public_key: bytes
    revoked_at: datetime | None = None

    @property
    def multikey(self) -> str:
        """The key as a text that says what kind it is."""
        return multikey_text(self.public_key)


def key_address(site_url: str, number: str) -> str:
    """Where one key is published; tokens name it so."""
    return f"{site_url}/keys/{number}"


def json_web_key(key: PublishedKey, *, site_url: str) -> dict[str, str]:
    """One key as a JSON Web Key; its `kid` is the address at which it is found alone."""
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url_text(key.public_key), "kid": key_address(site_url, key.number), "use": "sig"}


def json_web_keys(keys: Iterable[PublishedKey], *, site_url: str) -> dict[str, Any]:
    """The set of keys that may be trusted: revoked ones are not among them."""
    return {"keys": [json_web_key(key, site_url=site_url) for key in keys if key.revoked_at is None]}


def verification_methods(keys: Sequence[PublishedKey], *, controller: str) -> dict[str, Any]:
    """The two members by which a controlled identifier document publishes keys; a revoked one is listed as such and asserts nothing."""
    methods = [_method(key, controller) for key in keys]
    trusted = [f"{controller}#{key.multikey}" for key in keys if key.revoked_at is None]
    return {"verificationMethod": methods, "assertionMethod": trusted}


def _method(key: PublishedKey, controller: str) -> dict[str, str]:
    revoked = {"revoked": f"{key.revoked_at:%Y-%m-%dT%H:%M:%SZ}"} if key.revoked_at else {}
    return {"id": f"{controller}#{key.multikey}", "type": "Multikey", "controller": controller, "publicKeyMultibase": key.multikey, **revoked}


def did_of(site_url: str) -> str:
    """The identifier of this site by the method did:web: a port's colon is escaped, a folder comes after a colon."""
    parts = urlsplit(site_url)
    folders = [quote(folder) for folder in parts.path.split("/") if folder]
    return ":".join(["did", "web", quote(parts.netloc.lower(), safe=""), *folders])


def did_document(keys: Sequence[PublishedKey], *, site_url: str, also_known_as: Sequence[str]) -> dict[str, Any]:
    """The document that did:web finds at `/.well-known/did.json`."""
    did = did_of(site_url)
    return {"@context": DID_CONTEXT, "id": did, "alsoKnownAs": list(also_known_as), **verification_methods(keys, controller=did)}
