"""Badges: checked as a stranger would, by other people's code and what this site publishes; tampering, revocation and foreign keys are found out."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import jwt
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwk, jws

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from tests.keys.checking import is_good, is_set
from training import clock
from training.accounts.models import Person
from training.accounts.rules import Role
from training.actors import SYSTEM, Actor, ActorKind
from training.certification import services
from training.certification.models import CertificateEvent
from training.certification.queries import PublishedCertification
from training.certification.rules import EventKind, Shows, encoded_list
from training.db import db
from training.keys.services import rotate

Signing = Callable[[Browser, Person], Browser]
DAY = timedelta(days=1)
LEAD = Actor(ActorKind.PERSON, None)
SITE = "http://127.0.0.1:5000"


class Holder:
    """Somebody with a certificate and a browser, and a stranger with another."""

    def __init__(self, app: Flask, sign_in: Signing) -> None:
        self.person: Person = PersonFactory(name="Nguyễn Thị Phượng")
        self.certification: PublishedCertification = CertificationFactory(title="Product claims", summary="May decide “claims” alone.")
        self.event: CertificateEvent = award(self.person.id, self.certification, now=clock.now() - DAY)
        self.number = self.event.public_id
        self.browser, self.stranger = sign_in(app.test_client(), self.person), app.test_client()

    def badge(self) -> dict[str, Any]:
        response = self.browser.get(f"/certificates/awards/{self.number}.json")
        assert (response.status_code, response.content_type) == (200, "application/vc")
        return json.loads(response.data)

    def token(self) -> str:
        response = self.browser.get(f"/certificates/awards/{self.number}.jwt")
        assert (response.status_code, response.content_type) == (200, "application/vc+jwt")
        return response.get_data(as_text=True)

    def found_at(self, address: str) -> Any:
        """What a stranger finds at an address of this site."""
        assert address.startswith(f"{SITE}/")
        response = self.stranger.get(address.removeprefix(SITE))
        assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")
        return json.loads(response.data)

    def enter(self, kind: EventKind) -> None:
        services.enter(self.person.id, self.certification, kind, reason="Answers were copied.", by=LEAD, now=clock.now())
        db.session.commit()

    def marks(self, badge: dict[str, Any]) -> list[str]:
        """For what purposes the badge is marked in the lists it points to, each list's own proof checked."""
        found = []
        for status in badge["credentialStatus"]:
            listed = self.found_at(status["statusListCredential"])
            assert is_good(listed, self.found_at(listed["issuer"]))
            found += [status["statusPurpose"]] if is_set(status, listed) else []
        return found


@pytest.fixture
def holder(app: Flask, sign_in: Signing) -> Holder:
    return Holder(app, sign_in)


def test_a_badge_is_good_to_a_stranger_by_what_the_issuer_publishes(holder: Holder) -> None:
    badge = holder.badge()
    issuer = holder.found_at(badge["issuer"]["id"])
    assert issuer["id"] == badge["issuer"]["id"] == f"{SITE}/badges/issuer"
    assert is_good(badge, issuer)
    subject = badge["credentialSubject"]
    stands_for = holder.found_at(subject["achievement"]["id"])
    assert {name: value for name, value in stands_for.items() if name != "@context"} == subject["achievement"]
    assert badge["type"] == ["VerifiableCredential", "AchievementCredential"]
    assert [datetime.fromisoformat(badge[name]) for name in ("validFrom", "validUntil")] == [
        at.replace(microsecond=0) for at in (holder.event.valid_from, holder.event.valid_until) if at
    ]
    assert holder.stranger.get(badge["id"].removeprefix(SITE)).status_code == 200


@pytest.mark.parametrize(
    "tampered",
    [
        {"name": "Another certification"},
        {"validUntil": "2999-01-01T00:00:00Z"},
        {"credentialStatus": []},
        {"issuer": {"id": f"{SITE}/badges/issuer", "type": ["Profile"], "name": "Somebody else", "url": SITE}},
        {"added": True},
    ],
)
def test_a_badge_that_was_tampered_with_is_not(holder: Holder, tampered: dict[str, Any]) -> None:
    badge = holder.badge()
    assert not is_good({**badge, **tampered}, holder.found_at(badge["issuer"]["id"]))


def test_the_token_says_the_same_and_two_programs_find_it_good(holder: Holder) -> None:
    token = holder.token()
    key = holder.found_at(jwt.get_unverified_header(token)["kid"])
    claims = jwt.decode(token, jwt.PyJWK(key), algorithms=["EdDSA"], options={"require": ["iss", "sub", "jti", "nbf", "exp"]}, issuer=f"{SITE}/badges/issuer")
    badge = holder.badge()
    assert {name: claims[name] for name in badge if name != "proof"} == {name: value for name, value in badge.items() if name != "proof"}
    assert (claims["jti"], claims["sub"]) == (badge["id"], badge["credentialSubject"]["id"])
    assert [datetime.fromisoformat(badge[name]).timestamp() for name in ("validFrom", "validUntil")] == [claims["nbf"], claims["exp"]]
    header, payload, signature = token.split(".")
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(f"{header}.{payload[:-4]}AAAA.{signature}", jwt.PyJWK(key), algorithms=["EdDSA"])
    with pytest.warns(Warning, match="EdDSA is deprecated"):
        assert jws.deserialize_compact(token, jwk.OKPKey.import_key(key), algorithms=["EdDSA"])


@pytest.mark.parametrize(("shows", "shown"), [(Shows.NOTHING, None), (Shows.INITIALS, "N. T. P."), (Shows.NAME, "Nguyễn Thị Phượng")])
def test_a_badge_tells_as_much_of_the_name_as_its_holder_shows(holder: Holder, shows: Shows, shown: str | None) -> None:
    services.choose_disclosure(holder.person.id, shows, by=SYSTEM, now=clock.now())
    db.session.commit()
    badge = holder.badge()
    assert [entry["identityHash"] for entry in badge["credentialSubject"].get("identifier", [])] == ([shown] if shown else [])
    assert [secret for secret in (holder.person.email, holder.person.public_id) if secret in json.dumps(badge)] == []


def test_revoking_and_suspending_set_a_bit_each_and_reinstating_clears_its_own(holder: Holder) -> None:
    badge = holder.badge()
    other = award(PersonFactory().id, holder.certification, now=clock.now() - DAY)
    assert holder.marks(badge) == []
    holder.enter(EventKind.SUSPENDED)
    assert holder.marks(badge) == ["suspension"]
    holder.enter(EventKind.REINSTATED)
    assert holder.marks(badge) == []
    holder.enter(EventKind.REVOKED)
    assert holder.marks(badge) == ["revocation"]
    assert is_good(badge, holder.found_at(badge["issuer"]["id"])), "the proof stays good; the list says that the badge is not"
    listed = holder.found_at(badge["credentialStatus"][0]["statusListCredential"])
    assert not is_set({**badge["credentialStatus"][0], "statusListIndex": str(other.id)}, listed)
    assert not is_good({**listed, "validFrom": "2020-01-01T00:00:00Z"})
    assert holder.browser.get(f"/certificates/awards/{holder.number}.json").status_code == 409


def test_what_a_revoked_key_signed_is_good_no_longer_and_the_badge_is_signed_anew(app: Flask, holder: Holder) -> None:
    badge = holder.badge()
    number = jwt.get_unverified_header(token := holder.token())["kid"].rpartition("/")[2]
    revoked = app.test_cli_runner().invoke(args=["keys", "revoke", number, "--reason", "Its machine was stolen."])
    assert revoked.exit_code == 0
    assert not is_good(badge, holder.found_at(badge["issuer"]["id"]))
    assert holder.stranger.get(f"/keys/{number}").status_code == 404
    assert token != holder.token()
    fresh = holder.badge()
    assert is_good(fresh, holder.found_at(fresh["issuer"]["id"]))


def test_what_a_retired_key_signed_stays_good(app: Flask, holder: Holder) -> None:
    badge = holder.badge()
    assert app.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    assert is_good(badge, holder.found_at(badge["issuer"]["id"]))
    assert holder.badge()["proof"]["verificationMethod"] != badge["proof"]["verificationMethod"]


def test_a_key_that_nothing_opens_is_said_to_be_one_until_it_is_rotated(app: Flask, holder: Holder) -> None:
    rotate(["a secret that was dropped from SECRET_KEYS"], now=clock.now())
    db.session.commit()
    refused = holder.browser.get(f"/certificates/awards/{holder.number}.json")
    assert (refused.status_code, "signing key cannot be opened" in refused.text) == (409, True)
    assert app.test_cli_runner().invoke(args=["keys", "rotate"]).exit_code == 0
    assert is_good(holder.badge())


def test_nobody_has_anothers_badge(holder: Holder, as_role: Callable[..., Browser]) -> None:
    for kind in ("json", "jwt"):
        address = f"/certificates/awards/{holder.number}.{kind}"
        assert [as_role(role).get(address).status_code for role in (Role.LEAD, Role.ADMIN, Role.AUDITOR)] == [404, 404, 404]
        assert holder.stranger.get(address).status_code == 302


def test_what_not_everybody_finds_has_no_public_address(holder: Holder) -> None:
    hidden = CertificationFactory(visible_to=["trainer"])
    assert holder.stranger.get(f"/badges/achievements/{hidden.slug}").status_code == 404
    assert holder.stranger.get("/badges/status/other/0").status_code == 404
    assert holder.stranger.get("/badges/status/revocation/1").status_code == 404
    assert holder.stranger.get("/badges/status/revocation/99999999999999999999").status_code == 404


@given(st.sets(st.integers(0, 131_071), max_size=20), st.integers(0, 131_071))
def test_a_list_has_the_bits_that_were_set_and_no_others(indexes: set[int], asked: int) -> None:
    listed = {"id": "l", "credentialSubject": {"statusPurpose": "revocation", "encodedList": encoded_list(indexes)}}
    for index in (*indexes, asked):
        entry = {"statusListCredential": "l", "statusPurpose": "revocation", "statusListIndex": str(index)}
        assert is_set(entry, listed) is (index in indexes)
