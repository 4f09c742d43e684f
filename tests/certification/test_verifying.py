"""The public page of a certificate: for ever, as much of a name as its holder shows, and not for guessing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.accounts.factories import PersonFactory
from tests.certification.factories import CertificationFactory, award
from tests.conftest import Browser
from training import clock
from training.accounts.models import Person
from training.actors import Actor, ActorKind
from training.certification import services
from training.certification.models import VerificationLooks
from training.certification.rules import COST_OF_A_GUESS, MOST_LOOKS, EventKind, Fate, LedgerEvent, Shows, fate_of, shown_name, standing
from training.certification.tasks import forget_looks
from training.db import db

Signing = Callable[[Browser, Person], Browser]
DAY = timedelta(days=1)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
LEAD = Actor(ActorKind.PERSON, None)


def term(number: int, kind: EventKind, first_day: int, days: int, entered_on: int | None = None) -> LedgerEvent:
    begins, entered = NEW_YEAR + first_day * DAY, NEW_YEAR + (first_day if entered_on is None else entered_on) * DAY
    return LedgerEvent(number, kind, entered, entered, begins, begins + days * DAY, f"public-{number}")


def entry(number: int, kind: EventKind, on_day: int) -> LedgerEvent:
    return LedgerEvent(number, kind, NEW_YEAR + on_day * DAY, NEW_YEAR + on_day * DAY)


AWARD = term(1, EventKind.AWARDED, 0, 180)
RENEWAL = term(2, EventKind.RENEWED, 180, 180, entered_on=160)
REVOKED = entry(3, EventKind.REVOKED, 200)
SUSPENDED = entry(4, EventKind.SUSPENDED, 100)


@pytest.mark.parametrize(
    ("award", "entries", "day", "fate"),
    [
        (AWARD, [AWARD], 10, Fate.VALID),
        (AWARD, [AWARD], 180, Fate.LAPSED),
        (AWARD, [AWARD, RENEWAL], 170, Fate.VALID),
        (RENEWAL, [AWARD, RENEWAL], 170, Fate.PENDING),
        (AWARD, [AWARD, RENEWAL], 180, Fate.SUPERSEDED),
        (AWARD, [AWARD, RENEWAL], 999, Fate.SUPERSEDED),
        (RENEWAL, [AWARD, RENEWAL], 999, Fate.LAPSED),
        (AWARD, [AWARD, SUSPENDED], 110, Fate.SUSPENDED),
        (AWARD, [AWARD, SUSPENDED], 180, Fate.LAPSED),
        (RENEWAL, [AWARD, RENEWAL, REVOKED], 199, Fate.VALID),
        (RENEWAL, [AWARD, RENEWAL, REVOKED], 200, Fate.REVOKED),
        (RENEWAL, [AWARD, RENEWAL, REVOKED], 999, Fate.REVOKED),
        (RENEWAL, [AWARD, RENEWAL, REVOKED, term(9, EventKind.AWARDED, 300, 180)], 310, Fate.REVOKED),
    ],
)
def test_what_became_of_an_award(award: LedgerEvent, entries: list[LedgerEvent], day: int, fate: Fate) -> None:
    at = NEW_YEAR + day * DAY
    assert fate_of(award, entries, standing(entries, at=at), at=at) is fate


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Sri Wahyuni", "S. W."), ("nguyễn thị phượng", "N. T. P."), ("เอก ศรีสุวรรณ", "อ. ศ."), ("O'Neil-Wati", "O."), ("(Budi) 42", "B. 4."), ("", None)],
)
def test_initials_are_the_first_letters_as_they_are_written(name: str, initials: str | None) -> None:
    assert shown_name(name, Shows.INITIALS) == initials
    assert shown_name(name, Shows.NOTHING) is None


def page_of(browser: Browser, public_id: str) -> str:
    response = browser.get(f"/verify/{public_id}")
    assert response.status_code == 200
    return str(response.get_data(as_text=True))


@pytest.mark.parametrize(("days_ago", "words"), [(1, "genuine and in force"), (400, "its term has ended")])
def test_anybody_can_verify_a_certificate_for_ever_and_learns_nothing_of_the_holder(browser: Browser, days_ago: int, words: str) -> None:
    person, certification = PersonFactory(name="Sri Wahyuni", email="sri@example.org"), CertificationFactory()
    event = award(person.id, certification, now=clock.now() - days_ago * DAY)
    page = page_of(browser, event.public_id)
    assert words in page
    assert [secret for secret in ("Sri", "S. W.", "sri@example.org", person.public_id) if secret in page] == []


def test_the_holder_chooses_what_is_shown(app: Flask, browser: Browser, sign_in: Signing) -> None:
    person, certification = PersonFactory(name="Sri Wahyuni"), CertificationFactory()
    event = award(person.id, certification, now=clock.now() - DAY)
    mine, strangers = sign_in(browser, person), app.test_client()
    assert isinstance(strangers, Browser)
    for shows, seen in (("initials", "S. W."), ("name", "Sri Wahyuni"), ("nothing", "not shown, as the holder chose")):
        assert mine.post("/certificates/disclosure", data={"shows": shows}).status_code == 302
        assert f"<dd>{seen}</dd>" in re.sub("</?span[^>]*>", "", page_of(strangers, event.public_id))
    assert "This is your certificate" in page_of(mine, event.public_id)
    assert "This is your certificate" not in page_of(strangers, event.public_id)
    refused = mine.post("/certificates/disclosure", data={"shows": "everything"})
    assert (refused.status_code, "Please mend this" in refused.text) == (400, True)
    assert mine.get("/account/data.json").json["certificate sharing"]["public_page_shows"] == "nothing"


def test_a_revoked_certificate_says_so_and_since_when(browser: Browser) -> None:
    person, certification = PersonFactory(), CertificationFactory()
    event = award(person.id, certification, now=clock.now() - DAY)
    services.enter(person.id, certification, EventKind.REVOKED, reason="Answers were copied.", by=LEAD, now=clock.now())
    db.session.commit()
    page = page_of(browser, event.public_id)
    assert "This certificate was revoked." in page
    assert "Answers were copied." not in page


def test_a_made_up_number_verifies_nothing_and_the_page_says_so(browser: Browser) -> None:
    response = browser.get("/verify/no-such-number")
    assert (response.status_code, "No certificate has this number" in response.text) == (404, True)
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_whoever_guesses_may_soon_not_ask_from_there_and_others_may(app: Flask, browser: Browser) -> None:
    event = award(PersonFactory().id, CertificationFactory(), now=clock.now() - DAY)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    codes = [browser.get(f"/verify/guess-{number}", environ_base=elsewhere).status_code for number in range(MOST_LOOKS // COST_OF_A_GUESS + 1)]
    assert codes == [404] * (len(codes) - 1) + [429]
    refused = browser.get(f"/verify/{event.public_id}", environ_base=elsewhere)
    assert (refused.status_code, 0 < int(refused.headers["Retry-After"]) <= 601) == (429, True)
    assert page_of(browser, event.public_id)


def test_waiting_ends_and_the_counts_are_forgotten(app: Flask) -> None:
    now = clock.now()
    for _ in range(MOST_LOOKS):
        assert services.count_look("address 203.0.113.9", is_known=True, now=now) is None
    assert services.count_look("address 203.0.113.9", is_known=True, now=now) == now + timedelta(minutes=10)
    assert services.count_look("address 203.0.113.9", is_known=True, now=now + timedelta(minutes=10)) is None
    db.session.commit()
    forget_looks(now + timedelta(minutes=30))
    assert db.session.query(VerificationLooks).count() == 0
