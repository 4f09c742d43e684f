"""Access tickets: issued where the gate grants, checked by published libraries, worth nothing once tampered with, expired or signed by a withdrawn key."""

import json
import warnings
from datetime import timedelta
from typing import Any

import jwt
import pytest
import time_machine
from flask import Flask
from joserfc import jwk
from joserfc import jwt as joserfc_jwt
from joserfc.errors import ExpiredTokenError, SecurityWarning

from tests.accounts.factories import ApiClientFactory, PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import TODAY, Browser
from tests.queues.factories import QueueFactory
from training.accounts.models import Person
from training.config import secrets_of
from training.db import begin_writing, db
from training.keys import services as keys
from training.queues.rules.tickets import AUDIENCE

TOKEN = {"Authorization": "Bearer good"}
SKEW = timedelta(seconds=30)
"""How far clocks may be apart, as docs/api.md says."""


@pytest.fixture
def tool(browser: Browser) -> Browser:
    ApiClientFactory(token="good", scopes=["access:read"])
    return browser


@pytest.fixture
def person() -> Person:
    """Somebody who may work the queue `claims` for a year, less a day, and the queue `closed` never."""
    holder, held = PersonFactory(email="sri@example.org"), CertificationFactory(id="claims-reviewer", validity_days=365)
    QueueFactory(id="claims", requires={"all_of": ["claims-reviewer"]})
    QueueFactory(id="closed", requires={"languages": ["vi"]})
    award(holder.id, held, now=TODAY - timedelta(days=1) + timedelta(milliseconds=500))
    return holder


def ask(tool: Browser, *queues: str, subject: str = "SRI@example.org", **more: object) -> list[Any]:
    answer = tool.post("/api/v1/access/tickets", headers=TOKEN, json={"subject": subject, "queues": queues, **more})
    assert answer.status_code == 200, answer.json
    return answer.json["tickets"]  # type: ignore[no-any-return]


def key_set(tool: Browser) -> Any:
    return tool.get("/.well-known/jwks.json").json


def read_by_pyjwt(tool: Browser, ticket: str) -> dict[str, Any]:
    """As a tool does it: the key of the token's `kid` among those published."""
    published = jwt.PyJWKSet.from_dict(key_set(tool))
    key = published[jwt.get_unverified_header(ticket)["kid"]]
    issuer = tool.application.config["PUBLIC_URL"]
    return jwt.decode(ticket, key, algorithms=["EdDSA"], audience=AUDIENCE, issuer=issuer, leeway=SKEW, options={"require": ["exp", "nbf", "sub", "jti"]})


def read_by_joserfc(tool: Browser, ticket: str) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # It prefers RFC 9864's name of the algorithm, which PyJWT does not know.
        token = joserfc_jwt.decode(ticket, jwk.KeySet.import_key_set(key_set(tool)), algorithms=["EdDSA"])
    issuer = tool.application.config["PUBLIC_URL"]
    registry = joserfc_jwt.JWTClaimsRegistry(
        leeway=int(SKEW.total_seconds()), iss={"essential": True, "value": issuer}, aud={"essential": True, "value": AUDIENCE}, exp={"essential": True}
    )
    registry.validate(token.claims)
    return token.claims


def test_a_ticket_says_who_may_do_what_where_and_two_libraries_believe_it(tool: Browser, person: Person) -> None:
    (entry,) = ask(tool, "claims")
    claims = read_by_pyjwt(tool, entry["ticket"])
    assert claims == read_by_joserfc(tool, entry["ticket"])
    assert (claims["sub"], claims["queue"], claims["action"], claims["access"]) == (person.public_id, "claims", "work", "allow")
    assert 290 <= claims["exp"] - claims["iat"] <= 300
    assert (entry["decision"], entry["context"]["access"]) == (True, "allow")
    (again,) = ask(tool, "claims", subject=person.public_id)
    assert read_by_pyjwt(tool, again["ticket"])["jti"] != claims["jti"]


def test_where_the_gate_denies_there_is_its_answer_and_no_ticket(tool: Browser, person: Person) -> None:
    entries = {entry["queue"]: entry for entry in ask(tool, "claims", "closed", "nowhere")}
    assert entries["claims"]["ticket"]
    for queue, code in (("closed", "LANGUAGE_MISMATCH"), ("nowhere", "UNKNOWN_QUEUE")):
        assert (entries[queue]["decision"], entries[queue]["ticket"], entries[queue]["expires_at"]) == (False, None, None)
        assert [reason["code"] for reason in entries[queue]["context"]["reasons"]] == [code]
    assert ask(tool, "claims", subject="p_nobody")[0]["ticket"] is None
    assert ask(tool, "claims", action="dance")[0]["context"]["reasons"][0]["code"] == "UNKNOWN_ACTION"


def test_work_in_shadow_has_a_ticket_of_its_own(tool: Browser) -> None:
    held = CertificationFactory(id="new-here", needs={"exam": "the-exam"}, nesting={"days": 7, "decisions": 50})
    QueueFactory(id="claims", requires={"all_of": ["new-here"]})
    award(PersonFactory(email="sri@example.org").id, held, now=TODAY - timedelta(days=1))
    assert ask(tool, "claims")[0]["ticket"] is None
    claims = read_by_pyjwt(tool, ask(tool, "claims", action="work_in_shadow")[0]["ticket"])
    assert (claims["action"], claims["access"]) == ("work_in_shadow", "shadow")


def test_a_ticket_never_outlives_what_the_gate_grants(tool: Browser, person: Person) -> None:
    ends = TODAY + timedelta(days=364, milliseconds=500)
    with time_machine.travel(ends - timedelta(seconds=90), tick=False):
        (entry,) = ask(tool, "claims")
        assert read_by_pyjwt(tool, entry["ticket"])["exp"] == int(ends.timestamp())
    with time_machine.travel(ends - timedelta(milliseconds=400), tick=False):
        (entry,) = ask(tool, "claims")
        assert (entry["decision"], entry["ticket"]) == (True, None)
    with time_machine.travel(ends, tick=False):
        assert ask(tool, "claims")[0]["decision"] is False


def test_clocks_may_be_half_a_minute_apart_and_no_more(tool: Browser, person: Person) -> None:
    with time_machine.travel(TODAY, tick=False):
        ticket = ask(tool, "claims")[0]["ticket"]
    for seconds in (-29, 0, 329):
        with time_machine.travel(TODAY + timedelta(seconds=seconds), tick=False):
            assert read_by_pyjwt(tool, ticket) == read_by_joserfc(tool, ticket)
    with time_machine.travel(TODAY + timedelta(seconds=331), tick=False):
        with pytest.raises(jwt.ExpiredSignatureError):
            read_by_pyjwt(tool, ticket)
        with pytest.raises(ExpiredTokenError):
            read_by_joserfc(tool, ticket)
    with time_machine.travel(TODAY - timedelta(seconds=31), tick=False), pytest.raises(jwt.ImmatureSignatureError):
        read_by_pyjwt(tool, ticket)


def test_a_ticket_for_another_queue_person_or_algorithm_is_refused(tool: Browser, person: Person) -> None:
    header, claims, signature = ask(tool, "claims")[0]["ticket"].split(".")
    said = json.loads(jwt.utils.base64url_decode(claims))

    def encoded(value: object) -> str:
        return jwt.utils.base64url_encode(json.dumps(value).encode()).decode()

    kid = jwt.get_unverified_header(f"{header}.{claims}.{signature}")["kid"]
    forged = [f"{header}.{encoded(said | change)}.{signature}" for change in ({"queue": "closed"}, {"sub": "p_other"}, {"exp": said["exp"] + 3600})]
    forged.append(f"{encoded({'alg': 'none', 'kid': kid, 'typ': 'JWT'})}.{claims}.")
    public = key_set(tool)["keys"][0]["x"]
    forged.append(jwt.encode(said, public.ljust(64, "="), algorithm="HS256", headers={"kid": kid}))
    for ticket in forged:
        with pytest.raises(jwt.InvalidTokenError):
            read_by_pyjwt(tool, ticket)
        with pytest.raises(Exception, match=r".+"):
            read_by_joserfc(tool, ticket)


def test_a_rotated_key_keeps_tickets_good_and_a_revoked_one_makes_them_worthless(app: Flask, tool: Browser, person: Person) -> None:
    secrets, now = secrets_of(app.config), TODAY
    first = ask(tool, "claims")[0]["ticket"]
    begin_writing()
    keys.rotate(secrets, now=now)
    db.session.commit()
    second = ask(tool, "claims")[0]["ticket"]
    old, new = (jwt.get_unverified_header(ticket)["kid"] for ticket in (first, second))
    assert old != new
    assert read_by_pyjwt(tool, first)["sub"] == read_by_joserfc(tool, second)["sub"] == person.public_id
    begin_writing()
    keys.revoke(old.rpartition("/")[2], reason="The laptop was stolen.", now=now)
    db.session.commit()
    with pytest.raises(KeyError):
        read_by_pyjwt(tool, first)
    with pytest.raises(Exception, match=r".+"):
        read_by_joserfc(tool, first)
    assert read_by_pyjwt(tool, second)["sub"] == person.public_id
    begin_writing()
    keys.revoke(new.rpartition("/")[2], reason="The other laptop was stolen as well.", now=now)
    db.session.commit()
    third = ask(tool, "claims")[0]["ticket"]
    assert read_by_joserfc(tool, third)["sub"] == person.public_id


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"queues": ["claims"]}, "subject"),
        ({"subject": "a"}, "queues"),
        ({"subject": "a", "queues": []}, "queues"),
        ({"subject": "a", "queues": ["q"] * 101}, "100"),
    ],
)
def test_a_request_that_is_none_is_refused_whole(tool: Browser, body: object, words: str) -> None:
    answer: Any = tool.post("/api/v1/access/tickets", headers=TOKEN, json=body)
    assert (answer.status_code, words in answer.json["message"]) == (400, True)


def test_tickets_are_for_programs_with_the_scope(browser: Browser) -> None:
    ApiClientFactory(token="good", scopes=["work:write"])
    assert browser.post("/api/v1/access/tickets", headers=TOKEN, json={"subject": "a", "queues": ["q"]}).status_code == 403
