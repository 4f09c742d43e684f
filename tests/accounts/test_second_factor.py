"""The second step of a sign-in: codes, recovery codes, who must have it, and everything that somebody might try instead."""

import html
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest
import time_machine
from argon2 import PasswordHasher
from sqlalchemy import select

from tests.accounts.factories import PersonFactory
from training.accounts import queries, services
from training.accounts.models import PendingSignIn, RecoveryCode, SecondFactor
from training.accounts.rules import ALWAYS_DEMANDED, Role, demands_second_factor, open_steps, typed_code
from training.accounts.services import codes
from training.actors import SYSTEM
from training.audit.models import AuditEntry
from training.config import WrongSetting, load_settings
from training.db import db
from training.outbox.models import OutboxMail

PASSWORD = "three calm unrelated words"
HASHED = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lead(app):
    return PersonFactory(email="lead@example.org", roles=[Role.LEAD], password=HASHED)


@pytest.fixture
def moderator(app):
    return PersonFactory(email="mod@example.org", password=HASHED)


def knock(browser, person, **more):
    return browser.post("/sign-in", data={"email": person.email, "password": PASSWORD, **more})


def secret_on(page):
    return re.search(r"<code>([A-Z2-7]{32})</code>", page)[1]


def set_up(browser):
    """Set a factor up as a signed-in person does; its device and the recovery codes."""
    assert browser.post("/account/second-step").location == "/account/second-step/set-up"
    device = pyotp.TOTP(secret_on(browser.get("/account/second-step/set-up").text))
    answer = browser.post("/account/second-step/set-up", data={"current": PASSWORD, "code": code_of(device)})
    assert answer.status_code == 200
    return device, re.search(r"<code>([a-z2-9\s-]+)</code>", answer.text)[1].split()


def code_of(device, **later):
    return device.at(datetime.now(UTC) + timedelta(**later))


@pytest.fixture
def enrolled(app, lead, clock):
    """A lead whose device is set up, a minute later, and whose browser of then is gone."""
    first = app.test_client()
    knock(first, lead)
    device, recovery = set_up(first)
    clock.shift(60)
    return lead, device, recovery


@pytest.mark.parametrize(("seconds", "eight_digits"), [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (20000000000, "65353130")])
def test_a_code_is_what_rfc_6238_says(app, moderator, seconds, eight_digits):
    factor = SecondFactor(
        person_id=moderator.id, sealed_secret=codes._sealed(moderator.id, RFC_SECRET, ["key"]), made_at=NOW, confirmed_at=NOW, last_used_step=0
    )
    db.session.add(factor)
    at = datetime.fromtimestamp(seconds, UTC)
    assert codes.is_shown(moderator.id, eight_digits[2:], secrets=["key"], now=at) == "code"
    assert codes.is_shown(moderator.id, eight_digits[2:], secrets=["key"], now=at) is None, "a code is taken once"


@pytest.mark.parametrize(("skew", "is_taken"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_clock_may_be_off_by_one_step(browser, enrolled, skew, is_taken):
    person, device, _ = enrolled
    knock(browser, person)
    answer = browser.post("/sign-in/code", data={"code": code_of(device, seconds=skew)})
    assert (answer.status_code == 302) is is_taken


def test_used_steps_are_behind():
    assert list(open_steps(datetime.fromtimestamp(3000, UTC), last_used=0)) == [99, 100, 101]
    assert list(open_steps(datetime.fromtimestamp(3000, UTC), last_used=100)) == [101]
    assert list(open_steps(datetime.fromtimestamp(3000, UTC), last_used=101)) == []


def test_a_code_may_be_typed_as_it_is_shown():
    assert typed_code(" 123 456 ") == "123456"
    assert typed_code("ABCD-efgh jkmn-pqrs") == "abcdefghjkmnpqrs"


def test_everybody_who_may_award_override_or_see_keys_must_have_one():
    table = (Path(__file__).parents[1] / "access_table.txt").read_text(encoding="utf-8").splitlines()
    touching = re.compile(
        r"^/(exams/desk|queues/overrides|people/<public_id>/certificates/<slug>/entries|nesting/<|disputes/<public_id>/(review|question|carrying))"
    )
    roles = {role for line in table if touching.search(line) for role in Role if re.search(rf"\b{role}\b", line.split(maxsplit=2)[2])}
    assert roles == ALWAYS_DEMANDED
    for role in ALWAYS_DEMANDED:
        assert demands_second_factor([Role.MODERATOR, role], demanded=[], is_waived=False)
    assert not demands_second_factor([Role.MODERATOR], demanded=[], is_waived=False)
    assert demands_second_factor([Role.MODERATOR], demanded=["moderator"], is_waived=True)


def test_only_a_demo_may_waive_it(tmp_path):
    with pytest.raises(WrongSetting, match="for demos only"):
        load_settings({"SECRET_KEYS": "x", "WAIVE_SECOND_FACTOR": "1"}, root=tmp_path)
    assert load_settings({"SECRET_KEYS": "x", "WAIVE_SECOND_FACTOR": "1", "DEMO": "1"}, root=tmp_path)["WAIVE_SECOND_FACTOR"] is True
    with pytest.raises(WrongSetting, match="SECOND_FACTOR_ROLES"):
        load_settings({"SECRET_KEYS": "x", "SECOND_FACTOR_ROLES": "boss"}, root=tmp_path)


def test_who_must_have_one_is_led_to_set_it_up_and_reaches_nothing_else(browser, lead):
    assert knock(browser, lead, next="/queues/overrides").location == "/queues/overrides"
    for path in ("/", "/queues/overrides", "/account", "/account/data.json", "/account/password", "/certificates"):
        assert browser.get(path).location == "/account/second-step", path
    assert browser.post("/queues/overrides", data={}).location == "/account/second-step"
    page = browser.get("/account/second-step").text
    assert "Your role needs it" in page and "Overrides" not in page
    set_up(browser)
    assert browser.get("/queues/overrides").status_code == 200


def test_a_role_that_is_given_later_demands_it_at_once(browser, moderator):
    knock(browser, moderator)
    assert browser.get("/account").status_code == 200
    services.record_facts(moderator, {"roles": [Role.TRAINER]}, effective_from=NOW, by=SYSTEM, now=NOW)
    db.session.commit()
    assert browser.get("/exams/desk").location == "/account/second-step"


def test_a_moderator_needs_none_unless_the_deployment_says_so(app, browser, moderator, monkeypatch):
    knock(browser, moderator)
    assert browser.get("/account").status_code == 200
    monkeypatch.setitem(app.config, "SECOND_FACTOR_ROLES", frozenset({"moderator"}))
    assert browser.get("/account").location == "/account/second-step"


def test_the_demo_lets_everybody_in_with_a_password(app, browser, lead, monkeypatch):
    monkeypatch.setitem(app.config, "WAIVE_SECOND_FACTOR", True)
    knock(browser, lead)
    assert browser.get("/queues/overrides").status_code == 200


def test_password_and_code_open_the_door_to_the_page_that_was_wanted(browser, enrolled):
    person, device, _ = enrolled
    answer = knock(browser, person, next="/account/sessions")
    assert answer.location == "/sign-in/code?next=/account/sessions"
    page = browser.get(answer.location).text
    assert 'autocomplete="one-time-code"' in page and 'inputmode="numeric"' in page
    assert browser.post("/sign-in/code", data={"code": code_of(device), "next": "/account/sessions"}).location == "/account/sessions"
    assert browser.get("/account/sessions").status_code == 200
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "session.opened").order_by(AuditEntry.id.desc())).first()
    assert entry.detail["second_factor"] == "code"


def test_the_password_alone_opens_no_page(browser, enrolled):
    person, _, _ = enrolled
    knock(browser, person)
    for path in ("/", "/account", "/account/second-step", "/queues/overrides"):
        assert browser.get(path).location.startswith("/sign-in?next="), path
    assert len(queries.open_sessions_of(person.id, now=datetime.now(UTC))) == 1, "only the one in which it was set up"


def test_the_code_leads_to_no_foreign_site(browser, enrolled):
    person, device, _ = enrolled
    assert knock(browser, person, next="https://evil.example").location == "/sign-in/code"
    assert browser.post("/sign-in/code", data={"code": code_of(device), "next": "//evil.example"}).location == "/"


def test_a_code_is_taken_once_whoever_brings_it(app, browser, enrolled):
    person, device, _ = enrolled
    code = code_of(device)
    thief = app.test_client()
    for client in (browser, thief):
        knock(client, person)
    assert browser.post("/sign-in/code", data={"code": code}).status_code == 302
    assert thief.post("/sign-in/code", data={"code": code}).status_code == 403


def test_a_pending_sign_in_takes_only_its_own_persons_code(app, browser, enrolled):
    _, device, recovery = enrolled
    other = PersonFactory(email="other@example.org", roles=[Role.LEAD], password=HASHED)
    theirs = app.test_client()
    knock(theirs, other)
    set_up(theirs)
    knock(browser, other)
    for code in (code_of(device), recovery[0]):
        assert browser.post("/sign-in/code", data={"code": code}).status_code == 403


def test_the_code_page_without_a_password_leads_to_the_door(browser, app):
    assert browser.get("/sign-in/code").location == "/sign-in"
    assert browser.post("/sign-in/code", data={"code": "123456"}).location == "/sign-in"


def test_the_code_page_signs_nobody_out(browser, sign_in):
    sign_in(browser, PersonFactory())
    assert browser.get("/sign-in/code").location == "/"
    browser.post("/sign-in/code", data={"code": "123456"})
    assert browser.get("/account").status_code == 200


def test_a_sign_in_waits_ten_minutes_and_no_longer(browser, enrolled, clock):
    person, device, _ = enrolled
    knock(browser, person)
    clock.shift(601)
    assert browser.post("/sign-in/code", data={"code": code_of(device)}).location == "/sign-in"
    assert "This took too long" in browser.get("/sign-in").text


def test_guesses_slow_down_whatever_address_they_come_from_and_a_known_browser_is_spared(app, browser, enrolled):
    person, device, _ = enrolled
    knock(browser, person)
    browser.post("/sign-in/code", data={"code": code_of(device)})
    browser.post("/sign-out")
    for number in range(5):
        stranger = app.test_client()
        stranger.post("/sign-in", data={"email": person.email, "password": PASSWORD}, environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"})
        assert stranger.post("/sign-in/code", data={"code": "000000"}, environ_overrides={"REMOTE_ADDR": f"192.0.2.{number}"}).status_code == 403
    stranger = app.test_client()
    knock(stranger, person)
    answer = stranger.post("/sign-in/code", data={"code": code_of(device, seconds=30)})
    assert answer.status_code == 429 and "Too many wrong codes. Wait 15 s" in answer.text
    knock(browser, person)
    assert browser.post("/sign-in/code", data={"code": code_of(device, seconds=30)}).status_code == 302


def test_every_sign_in_has_a_session_of_its_own_and_nothing_of_the_cookie_before(browser, enrolled):
    person, device, _ = enrolled
    with browser.session_transaction() as cookie:
        cookie["csrf_token"] = "planted"
    knock(browser, person)
    with browser.session_transaction() as cookie:
        waiting = dict(cookie)
    browser.post("/sign-in/code", data={"code": code_of(device)})
    with browser.session_transaction() as cookie:
        within = dict(cookie)
    assert "csrf_token" not in waiting and set(within) <= {"_user_id", "csrf_token", "_flashes"} and waiting["sign_in"] not in within.values()
    assert db.session.scalars(select(PendingSignIn)).all() == []
    with browser.session_transaction() as cookie:
        cookie.clear()
        cookie.update(waiting)
    assert browser.post("/sign-in/code", data={"code": code_of(device, seconds=30)}).location == "/sign-in", "what waited is spent"


def test_a_new_password_ends_what_waits_for_a_code(browser, enrolled):
    person, device, _ = enrolled
    knock(browser, person)
    services.set_password(person, password=HASHED, by=SYSTEM, now=NOW)
    db.session.commit()
    assert browser.post("/sign-in/code", data={"code": code_of(device)}).location == "/sign-in"


def test_somebody_deactivated_meanwhile_is_not_let_in(browser, enrolled):
    person, device, _ = enrolled
    knock(browser, person)
    services.record_facts(person, {"status": "deactivated"}, effective_from=NOW, by=SYSTEM, now=datetime.now(UTC))
    db.session.commit()
    assert browser.post("/sign-in/code", data={"code": code_of(device)}).location == "/sign-in"
    assert browser.get("/account").status_code == 302


def test_a_recovery_code_stands_in_once(app, browser, enrolled):
    person, _, recovery = enrolled
    assert len(set(recovery)) == 10
    knock(browser, person)
    page = browser.get("/sign-in/code?recovery=1").text
    assert "recovery codes that you kept" in page
    assert browser.post("/sign-in/code", data={"code": recovery[3].upper().replace("-", " ")}).status_code == 302
    assert "<dd>9</dd>" in browser.get("/account/second-step").text
    again = app.test_client()
    knock(again, person)
    assert again.post("/sign-in/code", data={"code": recovery[3]}).status_code == 403


def test_nothing_that_is_kept_gives_a_code_away(enrolled):
    _, device, recovery = enrolled
    factor = db.session.scalars(select(SecondFactor)).one()
    assert device.secret.encode() not in factor.sealed_secret
    kept = " ".join(code.code_hash for code in db.session.scalars(select(RecoveryCode)))
    assert not any(code.replace("-", "") in kept for code in recovery)


def test_setting_up_wants_the_password_and_a_code_and_signs_out_elsewhere(app, browser, moderator):
    elsewhere = app.test_client()
    knock(elsewhere, moderator)
    knock(browser, moderator)
    browser.post("/account/second-step")
    page = browser.get("/account/second-step/set-up").text
    assert "<svg" in page and 'class="qr-code"' in page
    code = code_of(pyotp.TOTP(secret_on(page)))
    assert "not your current password" in browser.post("/account/second-step/set-up", data={"current": "wrong", "code": code}).text
    wrong = browser.post("/account/second-step/set-up", data={"current": PASSWORD, "code": "000000" if code != "000000" else "000001"})
    assert wrong.status_code == 400 and "This code is wrong" in html.unescape(wrong.text)
    assert queries.confirmed_factor(moderator.id) is None
    assert browser.post("/account/second-step/set-up", data={"current": PASSWORD, "code": code}).status_code == 200
    assert elsewhere.get("/account").status_code == 302
    assert [mail.subject for mail in db.session.scalars(select(OutboxMail))] == ["Your second step at Touchstone"]


@pytest.mark.parametrize("code", ["１２３４５６", "éééééé", "12345\u06f6", "+12345"])
def test_what_is_no_six_plain_digits_is_a_wrong_code_when_setting_up_and_at_the_door(browser, moderator, enrolled, code):
    knock(browser, moderator)
    browser.post("/account/second-step")
    wrong = browser.post("/account/second-step/set-up", data={"current": PASSWORD, "code": code})
    assert wrong.status_code == 400 and "This code is wrong" in html.unescape(wrong.text)
    knock(browser, enrolled[0])
    assert browser.post("/sign-in/code", data={"code": code}).status_code == 403


def test_a_second_tab_makes_the_first_ones_secret_void(browser, moderator):
    knock(browser, moderator)
    browser.post("/account/second-step")
    first = pyotp.TOTP(secret_on(browser.get("/account/second-step/set-up").text))
    browser.post("/account/second-step")
    answer = browser.post("/account/second-step/set-up", data={"current": PASSWORD, "code": code_of(first)})
    assert answer.status_code == 400
    assert secret_on(answer.text) != first.secret


def test_the_secret_is_shown_no_more_once_it_counts(browser, moderator):
    knock(browser, moderator)
    set_up(browser)
    assert browser.get("/account/second-step/set-up").location == "/account/second-step"
    assert browser.post("/account/second-step").status_code == 409
    again = browser.post("/account/second-step/set-up", data={"current": PASSWORD, "code": "123456"})
    assert again.status_code == 409, "sent twice"


@pytest.mark.parametrize("path", ["/account/second-step/codes", "/account/second-step/off"])
def test_turning_it_off_or_new_recovery_codes_want_both_factors(browser, enrolled, path):
    person, device, recovery = enrolled
    knock(browser, person)
    browser.post("/sign-in/code", data={"code": recovery[0]})
    assert browser.get(path).status_code == 200
    assert browser.post(path, data={"current": "wrong", "code": code_of(device)}).status_code == 400
    assert browser.post(path, data={"current": PASSWORD, "code": recovery[0]}).status_code == 400
    assert browser.post(path, data={"current": PASSWORD, "code": code_of(device)}).status_code in {200, 302}
    if path.endswith("off"):
        assert queries.second_factor(person.id) is None
        assert browser.get("/queues/overrides").location == "/account/second-step"
    else:
        assert queries.unused_recovery_code(person.id, services.token_hash(typed_code(recovery[1]))) is None
        assert queries.unused_recovery_count(person.id) == 10


def test_an_administrator_resets_a_lost_one_with_a_reason_and_never_their_own(app, browser, enrolled, as_role):
    person, _, _ = enrolled
    admin = as_role(Role.ADMIN)
    path = f"/people/{person.public_id}/second-step/reset"
    assert "Reset the second step" in admin.get(f"/people/{person.public_id}").text
    admin.post(path, data={"factor-reason": " "})
    assert queries.confirmed_factor(person.id) is not None
    assert admin.post(path, data={"factor-reason": "Lost on the train; spoke by video."}).status_code == 302
    assert queries.second_factor(person.id) is None and queries.open_sessions_of(person.id, now=datetime.now(UTC)) == []
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.deed == "second_factor.reset")).one()
    assert entry.detail == {"reason": "Lost on the train; spoke by video."}
    assert "took your second step away" in db.session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first().body
    assert admin.post(path, data={"factor-reason": "Again."}).status_code == 409
    knock(browser, person)
    assert browser.get("/").location == "/account/second-step"


def test_nobody_resets_their_own(app, browser, sign_in):
    admin = PersonFactory(roles=[Role.ADMIN])
    sign_in(browser, admin)
    assert browser.post(f"/people/{admin.public_id}/second-step/reset", data={"factor-reason": "Mine."}).status_code == 409


def test_secrets_are_sealed_anew_before_a_key_is_dropped(app, enrolled, monkeypatch, browser):
    person, device, _ = enrolled
    old = app.config["SECRET_KEY"]
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new key")
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [old])
    assert "1 sealed with the newest key" in app.test_cli_runner().invoke(args=["people", "seal-anew"]).output
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    knock(browser, person)
    assert browser.post("/sign-in/code", data={"code": code_of(device)}).status_code == 302
    monkeypatch.setitem(app.config, "SECRET_KEY", "another one")
    lost = app.test_cli_runner().invoke(args=["people", "seal-anew"])
    assert lost.exit_code == 1 and "1 cannot be opened" in lost.output
