"""Signing in and out, as a browser sees it."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory, with_second_factor
from tests.statements import counted
from training.accounts import queries, services
from training.accounts.models import SignInSession, SignInTries
from training.accounts.rules import Role, Status
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.db import db

PASSWORD = "three calm unrelated words"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HASHED = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
"""Cheap to check: these tests sign in a hundred times."""


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(app):
    PersonFactory(password=HASHED)
    return PersonFactory(email="nia@example.org", name="Nia Rahma", password=HASHED)


def knock(browser, email="nia@example.org", password=PASSWORD, **more):
    return browser.post("/sign-in", data={"email": email, "password": password, **more})


def cookie_of(browser):
    with browser.session_transaction() as cookie:
        return dict(cookie)


def test_the_right_password_opens_the_door(browser, person):
    assert browser.get("/").location == "/sign-in?next=/"
    assert knock(browser, email=" NIA@example.org ").location == "/"
    assert "Nia Rahma" in browser.get("/").text


def test_a_sign_in_leads_to_the_page_that_was_wanted(browser, person):
    wanted = browser.get("/account/sessions?a=b").location
    assert wanted == "/sign-in?next=/account/sessions?a%3Db"
    assert 'value="/account/sessions?a=b"' in browser.get(wanted).text
    assert knock(browser, next="/account/sessions?a=b").location == "/account/sessions?a=b"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "javascript:alert(1)", "account"])
def test_a_sign_in_never_leads_to_somebody_elses_site(browser, person, target):
    assert "evil" not in browser.get("/sign-in", query_string={"next": target}).text
    assert knock(browser, next=target).location == "/"


def test_every_sign_in_is_a_new_session_and_ends_the_one_before(browser, person):
    knock(browser)
    first = cookie_of(browser)
    knock(browser)
    second = cookie_of(browser)
    assert first["_user_id"] != second["_user_id"]
    assert len(queries.open_sessions_of(person.id, now=NOW)) == 1
    with browser.session_transaction() as cookie:
        cookie.update(first)
    assert browser.get("/account").status_code == 302


def test_nothing_of_the_cookie_before_outlives_a_sign_in(browser, person):
    with browser.session_transaction() as cookie:
        cookie["csrf_token"] = "planted"
    knock(browser)
    assert "planted" not in cookie_of(browser).values()


def test_the_database_keeps_no_token(browser, person):
    knock(browser)
    token = cookie_of(browser)["_user_id"]
    session = db.session.scalars(select(SignInSession)).one()
    assert token not in (session.token_hash, session.browser) and len(session.token_hash) == 64


@pytest.mark.parametrize(("email", "password"), [("nia@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("not an address", PASSWORD)])
def test_wrong_passwords_and_unknown_addresses_get_the_same_answer(browser, person, email, password):
    answer = knock(browser, email=email, password=password)
    assert answer.status_code == 403
    assert "No account has this e-mail address and password." in answer.text
    assert browser.get("/account").status_code == 302


def test_an_unknown_address_costs_the_same_hashing(browser, person, monkeypatch):
    hashed = []
    monkeypatch.setattr("training.accounts.services.passwords._hasher", _Counting(hashed))
    knock(browser, email="nobody@example.org")
    assert len(hashed) == 1


class _Counting:
    def __init__(self, hashed):
        self.hashed = hashed

    def hash(self, password):
        return HASHED

    def verify(self, against, password):
        self.hashed.append(against)
        assert not db.session.registry.has() or not db.session().in_transaction(), "a transaction is open while a password is hashed"
        return True


def test_passwords_are_looked_at_while_no_transaction_is_open(browser, person, monkeypatch):
    hashed = []
    monkeypatch.setattr("training.accounts.services.passwords._hasher", _Counting(hashed))
    assert knock(browser, password="whatever").location == "/"
    assert hashed == [HASHED]


def test_empty_fields_are_said_beside_them(browser, person):
    answer = knock(browser, email="", password="")
    assert answer.status_code == 400
    assert "Enter your e-mail address." in answer.text and "Enter your password." in answer.text


@pytest.mark.parametrize("status", [Status.DEACTIVATED, Status.INVITED])
def test_somebody_who_is_not_active_is_told_so_only_with_the_right_password(browser, app, status):
    PersonFactory(email="gone@example.org", password=HASHED, status=status)
    assert "Your account is not active." in knock(browser, email="gone@example.org").text
    assert "No account has this" in knock(browser, email="gone@example.org", password="wrong").text


def test_failures_slow_down_and_the_wait_is_said(browser, person, clock):
    for _ in range(5):
        assert knock(browser, password="wrong").status_code == 403
    answer = knock(browser)
    assert answer.status_code == 429
    assert "Too many tries. Wait 15 s" in answer.text
    clock.shift(16)
    assert knock(browser).location == "/"
    assert db.session.scalar(select(func.count()).select_from(SignInTries)) == 0


def test_the_wait_doubles_and_ends_at_a_quarter_of_an_hour(browser, person, clock):
    waits = []
    for _ in range(13):
        knock(browser, password="wrong")
        wait = re.search(r"Wait ([^,]+),", knock(browser, password="wrong").text)
        if wait:
            waits.append(wait[1])
            clock.shift(901)
    assert waits[:3] == ["15 s", "30 s", "1 min"] and waits[-1] == "15 min"


def test_tries_before_their_time_do_not_prolong_the_wait(browser, person, clock):
    for _ in range(5):
        knock(browser, password="wrong")
    for _ in range(20):
        knock(browser, password="wrong")
    clock.shift(16)
    assert knock(browser).location == "/"


def test_unknown_addresses_slow_down_alike(browser, person):
    for _ in range(5):
        knock(browser, email="nobody@example.org")
    assert knock(browser, email="nobody@example.org").status_code == 429


def test_a_stranger_elsewhere_cannot_lock_a_person_out(app, browser, person):
    stranger = app.test_client()
    for _ in range(8):
        stranger.post("/sign-in", data={"email": person.email, "password": "wrong"}, environ_base={"REMOTE_ADDR": "203.0.113.9"})
    assert knock(browser).location == "/"


def test_a_stranger_behind_the_same_address_cannot_slow_a_known_browser(app, browser, person):
    knock(browser)
    browser.post("/sign-out")
    stranger = app.test_client()
    for _ in range(8):
        knock(stranger, password="wrong")
    assert knock(stranger).status_code == 429
    assert knock(browser).location == "/"


def test_a_known_browser_is_known_for_one_person_only(app, browser, person):
    other = PersonFactory(email="other@example.org", password=HASHED)
    knock(browser, email=other.email)
    browser.post("/sign-out")
    for _ in range(5):
        knock(browser, password="wrong")
    assert knock(app.test_client(), password="wrong").status_code == 429


def test_guesses_in_a_known_browser_slow_down_too(browser, person):
    knock(browser)
    for _ in range(5):
        knock(browser, password="wrong")
    assert knock(browser).status_code == 429


def test_signing_out_ends_the_session_for_good(browser, person):
    knock(browser)
    before = cookie_of(browser)
    assert browser.post("/sign-out").location == "/sign-in"
    with browser.session_transaction() as cookie:
        cookie.update(before)
    assert browser.get("/account").status_code == 302


def test_a_session_ends_unused_after_twelve_hours_and_anyway_after_seven_days(browser, person, clock):
    knock(browser)
    for _ in range(16):
        clock.shift(timedelta(hours=10))
        assert browser.get("/account").status_code == 200
    clock.shift(timedelta(hours=10))
    assert browser.get("/account").status_code == 302
    knock(browser)
    clock.shift(timedelta(hours=12, seconds=1))
    assert browser.get("/account").status_code == 302


def test_a_deactivated_person_is_out_at_once(browser, person, sign_in):
    sign_in(browser, person)
    assert browser.get("/account").status_code == 200
    services.record_facts(person, {"status": "deactivated"}, effective_from=NOW, by=SYSTEM, now=NOW)
    db.session.commit()
    assert browser.get("/account").status_code == 302


def test_roles_count_from_the_next_request_on(browser, person, sign_in):
    sign_in(browser, person)
    assert browser.get("/audit").status_code == 403
    services.record_facts(person, {"roles": [Role.AUDITOR]}, effective_from=NOW, by=SYSTEM, now=NOW)
    db.session.commit()
    with_second_factor(person)
    assert browser.get("/audit").status_code == 200


def test_sign_ins_leave_evidence(browser, person):
    knock(browser, password="wrong")
    knock(browser, email="nobody@example.org")
    knock(browser)
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.deed.startswith("session.")).order_by(AuditEntry.id)).all()
    said = [(entry.deed, entry.subject_kind) for entry in entries]
    assert said == [("session.refused", "person"), ("session.refused", "email"), ("session.opened", "person")]
    assert "nobody" not in entries[1].subject_id
    assert all(entry.address_hash and "127" not in entry.address_hash[:3] for entry in entries)


def test_who_is_signed_in_costs_one_statement(app, browser, person, sign_in):
    for day in range(1, 20):
        services.record_facts(person, {"languages": ["id"] if day % 2 else ["en"]}, effective_from=NOW - timedelta(days=day), by=SYSTEM, now=NOW)
    sign_in(browser, person)
    with counted() as statements:
        assert browser.get("/sign-in").location == "/"
    assert len(statements) == 1, statements
