"""Choosing, changing and resetting passwords."""

import re
import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import func, select

from tests.accounts.factories import PersonFactory
from training.accounts import queries, services
from training.accounts.models import OneTimeLink
from training.accounts.rules import AccountReason, Status
from training.accounts.services import passwords
from training.db import db
from training.errors import Refusal
from training.outbox.models import OutboxMail

PASSWORD = "three calm unrelated words"
ANOTHER = "quiet lantern over the harbour"
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
HASHED = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(app):
    return PersonFactory(email="nia@example.org", name="Nia Rahma", password=HASHED)


def mails():
    return db.session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def link_in(mail):
    return re.search(r"http://127.0.0.1:5000(/choose-password/\S+)", mail.body)[1]


def knock(browser, password, email="nia@example.org"):
    return browser.post("/sign-in", data={"email": email, "password": password})


def choose(browser, link, password=ANOTHER, again=None):
    return browser.post(link, data={"password": password, "again": again or password})


def test_a_link_by_mail_sets_a_new_password_once(browser, person):
    answer = browser.post("/reset-password", data={"email": "NIA@example.org"})
    assert "If there is an account for" in answer.text
    mail = mails()[0]
    assert (mail.recipient, mail.subject) == ("nia@example.org", "A new password for Touchstone")
    link = link_in(mail)
    assert "For Nia Rahma" in browser.get(link).text
    assert choose(browser, link).location == "/sign-in"
    assert knock(browser, PASSWORD).status_code == 403
    assert knock(browser, ANOTHER).location == "/"
    assert "This link was used already, or is too old." in browser.get(link).text
    assert choose(browser, link, PASSWORD).status_code == 409


def test_an_unknown_address_gets_the_same_answer_and_no_mail(browser, person):
    known = browser.post("/reset-password", data={"email": "nia@example.org"})
    unknown = browser.post("/reset-password", data={"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert known.text.replace("nia@", "nobody@") == unknown.text
    assert len(mails()) == 1


def test_the_database_keeps_no_link(browser, person):
    browser.post("/reset-password", data={"email": "nia@example.org"})
    token = link_in(mails()[0]).rpartition("/")[2]
    assert db.session.scalars(select(OneTimeLink)).one().token_hash == services.token_hash(token) != token


def test_a_reset_link_lives_an_hour(browser, person, clock):
    browser.post("/reset-password", data={"email": "nia@example.org"})
    link = link_in(mails()[0])
    clock.shift(timedelta(minutes=59))
    assert browser.get(link).status_code == 200
    clock.shift(timedelta(minutes=1))
    assert browser.get(link).status_code == 409
    assert choose(browser, link).status_code == 409


def test_a_reset_ends_every_session_and_spends_every_other_link(app, browser, person, sign_in):
    elsewhere = sign_in(app.test_client(), person)
    for _ in range(2):
        browser.post("/reset-password", data={"email": "nia@example.org"})
    first, second = (link_in(mail) for mail in mails())
    choose(browser, first)
    assert elsewhere.get("/account").status_code == 302
    assert choose(browser, second, PASSWORD).status_code == 409


def test_one_person_gets_three_links_an_hour(browser, person, clock):
    for _ in range(9):
        assert browser.post("/reset-password", data={"email": "nia@example.org"}).status_code == 200
    assert len(mails()) == 3
    clock.shift(timedelta(hours=1, seconds=1))
    browser.post("/reset-password", data={"email": "nia@example.org"})
    assert len(mails()) == 4


def test_somebody_deactivated_gets_no_link_and_somebody_invited_a_new_invitation(browser, app):
    PersonFactory(email="gone@example.org", status=Status.DEACTIVATED)
    PersonFactory(email="new@example.org", status=Status.INVITED)
    for email in ("gone@example.org", "new@example.org"):
        browser.post("/reset-password", data={"email": email})
    assert [(mail.recipient, mail.subject) for mail in mails()] == [("new@example.org", "Your account at Touchstone")]


def test_an_invitation_lets_its_person_in(browser, app):
    person = PersonFactory(email="new@example.org", name="Budi", status=Status.INVITED)
    browser.post("/reset-password", data={"email": "new@example.org"})
    choose(browser, link_in(mails()[0]))
    assert queries.state_of(person.id, at=NOW).is_active
    assert knock(browser, ANOTHER, email="new@example.org").location == "/"


def test_a_reset_helps_whoever_is_slowed_down(browser, person):
    for _ in range(6):
        knock(browser, "wrong")
    assert knock(browser, PASSWORD).status_code == 429
    browser.post("/reset-password", data={"email": "nia@example.org"})
    choose(browser, link_in(mails()[0]))
    assert knock(browser, ANOTHER).location == "/"


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "Use at least 12 characters"),
        ("", "", "Choose a password."),
        ("aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "different characters"),
        ("NiaRahma-2026!", "NiaRahma-2026!", "your own name"),
        ("password123456", "password123456", "a common word"),
        ("x" + "yz12345" * 40, "", "Use at most 200 characters."),
        (ANOTHER, "something else entirely", "The two passwords differ."),
    ],
)
def test_a_weak_password_is_refused_in_words_and_spends_nothing(browser, person, password, again, words):
    browser.post("/reset-password", data={"email": "nia@example.org"})
    link = link_in(mails()[0])
    answer = browser.post(link, data={"password": password, "again": again})
    assert answer.status_code == 400 and words in answer.text
    assert choose(browser, link).location == "/sign-in"


def test_a_made_up_link_opens_nothing(browser, person):
    assert browser.get("/choose-password/abc").status_code == 409
    assert choose(browser, "/choose-password/abc").status_code == 409


def test_no_address_no_mail(browser, person):
    answer = browser.post("/reset-password", data={"email": "no address"})
    assert answer.status_code == 400 and "Write an e-mail address" in answer.text


def test_changing_the_password_keeps_this_browser_and_ends_the_others(app, browser, person, sign_in):
    elsewhere = sign_in(app.test_client(), person)
    sign_in(browser, person)
    with browser.session_transaction() as cookie:
        before = cookie["_user_id"]
    answer = browser.post("/account/password", data={"current": PASSWORD, "password": ANOTHER, "again": ANOTHER})
    assert answer.location == "/account"
    assert "Your password is changed" in browser.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    with browser.session_transaction() as cookie:
        assert cookie["_user_id"] != before
    assert knock(app.test_client(), ANOTHER).location == "/"


def test_the_current_password_must_be_right_and_guesses_slow_down(browser, person, sign_in):
    sign_in(browser, person)
    wrong = {"current": "wrong", "password": ANOTHER, "again": ANOTHER}
    for _ in range(5):
        assert "This is not your current password." in browser.post("/account/password", data=wrong).text
    assert "Too many tries. Wait 15 s" in browser.post("/account/password", data=wrong | {"current": PASSWORD}).text
    assert browser.get("/account/password").status_code == 200
    assert knock(browser, PASSWORD).status_code == 429


def test_each_hash_is_argon2id_with_a_salt_of_its_own():
    first, second = services.hash_password(PASSWORD), services.hash_password(PASSWORD)
    assert first.startswith("$argon2id$") and first != second
    assert services.is_password(PASSWORD, first) and not services.is_password("wrong", first)
    assert not services.is_password(PASSWORD, None)
    assert not services.is_password(PASSWORD, "no hash at all")


def test_few_passwords_are_hashed_at_once_and_waiting_has_an_end(monkeypatch):
    running, most = [], []
    gate = threading.Event()

    class Slow:
        def hash(self, password):
            running.append(password)
            most.append(len(running))
            gate.wait(5)
            running.pop()
            return "hash"

    monkeypatch.setattr(passwords, "_hasher", Slow())
    monkeypatch.setattr(passwords, "PATIENCE_SECONDS", 0.2)
    outcomes = []

    def hash_one():
        try:
            outcomes.append(passwords.hash_password("x"))
        except Refusal as refusal:
            outcomes.append(refusal.reason)

    threads = [threading.Thread(target=hash_one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads[2:]:
        thread.join(2)
        if not thread.is_alive():
            break
    gate.set()
    for thread in threads:
        thread.join(5)
    assert max(most) == passwords.CONCURRENT_HASHES
    assert AccountReason.HASHING_BUSY in outcomes and "hash" in outcomes


def test_links_spent_at_the_same_moment_are_spent_once(browser, person):
    browser.post("/reset-password", data={"email": "nia@example.org"})
    token = link_in(mails()[0]).rpartition("/")[2]
    services.use_link(token, password=HASHED, address=None, now=NOW)
    with pytest.raises(Refusal):
        services.use_link(token, password=HASHED, address=None, now=NOW)
    assert db.session.scalar(select(func.count()).select_from(OneTimeLink).where(OneTimeLink.used_at.is_(None))) == 0
