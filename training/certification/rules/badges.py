"""Certificates as Open Badges 3.0: the documents that are signed, and those that say who signs.

The data model is 1EdTech's Open Badges 3.0 over W3C's Verifiable Credentials 2.0; revocation is W3C's Bitstring Status List 1.0.
"""

import gzip
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTROLLED_IDENTIFIERS = "https://www.w3.org/ns/cid/v1"
PLACES_IN_A_LIST = 131_072
"""The fewest that a status list may have, so that fetching one tells little of whom it is about."""
FRESH_FOR_MILLISECONDS = 300_000


class StatusPurpose(StrEnum):
    """What a set bit says of a badge."""

    REVOCATION = "revocation"
    SUSPENSION = "suspension"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: the site that awards."""

    site_url: str
    path: str
    name: str

    @property
    def address(self) -> str:
        """Where it introduces itself."""
        return f"{self.site_url}{self.path}"

    @property
    def profile(self) -> dict[str, Any]:
        """The issuer as it stands inside badges."""
        return {"id": self.address, "type": ["Profile"], "name": self.name, "url": self.site_url}


@dataclass(frozen=True, slots=True)
class Award:
    """One award as a badge tells it."""

    place: int
    """Its place over all status lists."""
    address: str
    """Where anybody verifies it; it names the badge, too."""
    slug: str
    title: str
    summary: str
    valid_from: datetime
    valid_until: datetime | None
    shown_name: str | None
    """As much of the holder's name as they show."""


def issuer_profile(issuer: Issuer, *, keys: Mapping[str, Any], also_known_as: str) -> dict[str, Any]:
    """What is found at the issuer's address: the profile, with the keys whose proofs are its own."""
    return {"@context": [CONTROLLED_IDENTIFIERS, OPEN_BADGES], **issuer.profile, "alsoKnownAs": [also_known_as], **keys}


def achievement(issuer: Issuer, *, slug: str, title: str, summary: str) -> dict[str, Any]:
    """A certification as what somebody achieves."""
    return {
        "id": f"{issuer.site_url}/badges/achievements/{slug}",
        "type": ["Achievement"],
        "achievementType": "Certification",
        "name": title,
        "description": summary,
        "criteria": {"narrative": summary},
        "creator": issuer.profile,
    }


def achievement_credential(award: Award, issuer: Issuer) -> dict[str, Any]:
    """The badge before it is signed. Its subject has a name only where the holder shows one."""
    named = {"identifier": [{"type": "IdentityObject", "identityType": "name", "identityHash": award.shown_name, "hashed": False}]} if award.shown_name else {}
    until = {"validUntil": instant(award.valid_until)} if award.valid_until else {}
    return {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": award.address,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": award.title,
        "issuer": issuer.profile,
        "validFrom": instant(award.valid_from),
        **until,
        "credentialSubject": {
            "id": f"{award.address}#holder",
            "type": ["AchievementSubject"],
            **named,
            "achievement": achievement(issuer, slug=award.slug, title=award.title, summary=award.summary),
        },
        "credentialStatus": [_status(award.place, purpose, issuer) for purpose in StatusPurpose],
    }


def token_claims(credential: Mapping[str, Any]) -> dict[str, Any]:
    """The badge as the claims of a token: its own members, and those that every token has."""
    registered: dict[str, Any] = {
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": _seconds(credential["validFrom"]),
    }
    if "validUntil" in credential:
        registered["exp"] = _seconds(credential["validUntil"])
    return {**credential, **registered}


def status_address(issuer: Issuer, purpose: StatusPurpose, number: int) -> str:
    """Where one status list is found."""
    return f"{issuer.site_url}/badges/status/{purpose.value}/{number}"


def _status(place: int, purpose: StatusPurpose, issuer: Issuer) -> dict[str, str]:
    number, index = divmod(place, PLACES_IN_A_LIST)
    address = status_address(issuer, purpose, number)
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose.value,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def status_list_credential(places: Iterable[int], purpose: StatusPurpose, number: int, issuer: Issuer, *, now: datetime) -> dict[str, Any]:
    """A status list before it is signed: the bits of these places are set, the rest are not. `places` count over all lists."""
    address = status_address(issuer, purpose, number)
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.address,
        "validFrom": instant(now),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose.value,
            "ttl": FRESH_FOR_MILLISECONDS,
            "encodedList": encoded_list(place - number * PLACES_IN_A_LIST for place in places),
        },
    }


def encoded_list(indexes: Iterable[int]) -> str:
    """A bit for each place of a list, compressed, as multibase's base64url. The first bit of each octet is the most significant one.

    What lies beyond the list is left out.
    """
    bits = bytearray(PLACES_IN_A_LIST // 8)
    for index in indexes:
        if 0 <= index < PLACES_IN_A_LIST:
            bits[index // 8] |= 0x80 >> index % 8
    return "u" + urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def instant(at: datetime) -> str:
    """An instant as credentials write it, to the second."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())
