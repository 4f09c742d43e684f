"""What Open Badges 3.0 (1EdTech) over Verifiable Credentials 2.0 (W3C) asks of a badge, class by class.

The specification's own JSON Schema is in no package that is published, so its required members and closed vocabularies stand here as a table.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest

from training.certification.rules import Award, Issuer, achievement, achievement_credential, issuer_profile

FROM, UNTIL = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 8, 28, 9, tzinfo=UTC)
ISSUER = Issuer("https://touchstone.example", "/badges/issuer", "Marketplace")
SUMMARY = "May decide claims alone."

REQUIRED = {
    "AchievementCredential": {"@context", "id", "type", "name", "issuer", "validFrom", "credentialSubject"},
    "AchievementSubject": {"type", "achievement"},
    "Achievement": {"id", "type", "name", "description", "criteria"},
    "Profile": {"id", "type"},
    "IdentityObject": {"type", "hashed", "identityHash", "identityType"},
    "BitstringStatusListEntry": {"type", "statusPurpose", "statusListIndex", "statusListCredential"},
}
"""The members that an object of each class must have."""
KNOWN = {
    "AchievementSubject": {"id", "type", "identifier", "achievement"},
    "Achievement": {"id", "type", "achievementType", "name", "description", "criteria", "creator"},
    "Profile": {"id", "type", "name", "url"},
    "IdentityObject": {"type", "hashed", "identityHash", "identityType"},
}
"""Of the members that the specification knows, those that badges here have: where a class is closed another one would make the badge void."""
ADDRESSES = {"id", "url", "statusListCredential"}
INSTANTS = {"validFrom", "validUntil"}


def credential(shown_name: str | None = "Nguyễn Thị Phượng", until: datetime | None = UNTIL) -> dict[str, Any]:
    return achievement_credential(Award(7, "https://touchstone.example/verify/abc", "claims", "Claims", SUMMARY, FROM, until, shown_name), ISSUER)


def objects(found: Any) -> list[Mapping[str, Any]]:
    """Every object with a type inside a document, itself first."""
    if isinstance(found, list):
        return [each for member in found for each in objects(member)]
    if not isinstance(found, dict):
        return []
    return [*([found] if "type" in found else []), *(each for member in found.values() for each in objects(member))]


def class_of(found: Mapping[str, Any]) -> str:
    types = found["type"] if isinstance(found["type"], list) else [found["type"]]
    return types[-1]


DOCUMENTS = [
    credential(),
    credential(shown_name=None),
    credential(until=None),
    achievement(ISSUER, slug="claims", title="Claims", summary=SUMMARY),
    issuer_profile(ISSUER, keys={}, also_known_as="did:web:touchstone.example"),
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_object_has_what_its_class_must_have_in_the_form_it_must_have(document: dict[str, Any]) -> None:
    for found in objects(document):
        name = class_of(found)
        assert found.keys() >= REQUIRED[name], name
        if name in KNOWN:
            assert found.keys() <= KNOWN[name] | {"@context", "alsoKnownAs"}, name
        for member in ADDRESSES & found.keys():
            assert urlsplit(found[member]).scheme == "https", (name, member)
        for member in INSTANTS & found.keys():
            assert datetime.fromisoformat(found[member]).tzinfo is not None, (name, member)


def test_types_and_contexts_are_sets_with_what_must_be_in_them_the_contexts_in_order() -> None:
    badge = credential()
    assert badge["@context"] == ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
    assert badge["type"] == ["VerifiableCredential", "AchievementCredential"]
    assert badge["credentialSubject"]["type"] == ["AchievementSubject"]
    assert badge["credentialSubject"]["achievement"]["type"] == ["Achievement"]
    assert badge["issuer"]["type"] == ["Profile"]


def test_closed_vocabularies_hold_the_words_that_are_used() -> None:
    subject = credential()["credentialSubject"]
    assert subject["achievement"]["achievementType"] == "Certification"
    assert subject["achievement"]["criteria"].keys() <= {"id", "narrative"} and subject["achievement"]["criteria"]
    (identity,) = subject["identifier"]
    assert (identity["identityType"], identity["hashed"]) == ("name", False)


def test_a_subject_always_has_an_id_or_an_identifier_and_each_status_a_place_of_its_own() -> None:
    badge = credential(shown_name=None)
    assert badge["credentialSubject"]["id"] and "identifier" not in badge["credentialSubject"]
    statuses = badge["credentialStatus"]
    assert {status["statusPurpose"] for status in statuses} == {"revocation", "suspension"}
    assert all(status["statusListIndex"] == "7" and isinstance(status["statusListIndex"], str) for status in statuses)
    assert len({status["id"] for status in statuses}) == 2


def test_an_end_comes_after_the_beginning_and_is_left_out_where_there_is_none() -> None:
    badge = credential()
    assert datetime.fromisoformat(badge["validFrom"]) < datetime.fromisoformat(badge["validUntil"])
    assert "validUntil" not in credential(until=None)
