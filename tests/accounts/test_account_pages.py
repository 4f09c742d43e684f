"""A person's own pages."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.accounts.factories import PersonFactory, TeamFactory
from training.accounts import queries, services
from training.db import db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(app):
    team = TeamFactory(name="Jakarta Night")
    return PersonFactory(
        email="nia@example.org",
        name="Nia Rahma",
        languages=["id", "en"],
        markets=["ID"],
        team=team,
        accommodations={"time_multiplier": 1.5, "extra_break_seconds": 600},
    )


def test_my_account_says_what_is_true_of_me(browser, person, sign_in):
    page = sign_in(browser, person).get("/account").text
    for words in (
        "Nia Rahma",
        "nia@example.org",
        "Moderator",
        "Jakarta Night",
        "English, Indonesian",
        "multiplied by 1.5",
        "10 min of extra breaks",
        person.public_id,
    ):
        assert words in page


def test_somebody_of_whom_little_is_known_has_a_page_too(browser, sign_in):
    page = sign_in(browser, PersonFactory(roles=[], name="A" * 40)).get("/account").text
    assert "No team" in page and "as everybody" in page


def test_my_time_zone_is_mine_to_change_and_shows_at_once(browser, person, sign_in):
    sign_in(browser, person)
    assert "WIB" in browser.get("/account").text
    assert browser.post("/account/time-zone", data={"time_zone": "Asia/Jayapura"}).location == "/account"
    page = browser.get("/account").text
    assert "18:00 WIT" in page and "Asia/Jayapura" in page
    assert queries.state_of(person.id, at=NOW).time_zone == "Asia/Jayapura"


def test_a_zone_nobody_knows_is_refused(browser, person, sign_in):
    sign_in(browser, person).post("/account/time-zone", data={"time_zone": "Mars/Olympus"})
    assert "That is no time zone we know." in browser.get("/account").text
    assert queries.state_of(person.id, at=NOW).time_zone is None


def test_my_sessions_can_be_ended_one_by_one(app, browser, person, sign_in):
    elsewhere = sign_in(app.test_client(), person)
    sign_in(browser, person)
    page = browser.get("/account/sessions").text
    assert page.count("Firefox on Linux") == 2 and "This one" in page
    with elsewhere.session_transaction() as cookie:
        token = cookie["_user_id"]
    found = queries.session_by_token_hash(services.token_hash(token))
    browser.post(f"/account/sessions/{found.id}/end")
    assert elsewhere.get("/account").status_code == 302
    assert browser.get("/account/sessions").text.count("Firefox on Linux") == 1


def test_signing_out_elsewhere_leaves_this_browser_in(app, browser, person, sign_in):
    others = [sign_in(app.test_client(), person) for _ in range(3)]
    somebody_else = sign_in(app.test_client(), PersonFactory())
    sign_in(browser, person)
    assert browser.post("/account/sessions/end-others").location == "/account/sessions"
    assert "Signed out in 3 other browsers." in browser.get("/account/sessions").text
    assert [other.get("/account").status_code for other in others] == [302, 302, 302]
    assert somebody_else.get("/account").status_code == 200


def test_other_peoples_sessions_do_not_exist(app, browser, person, sign_in):
    stranger = PersonFactory()
    theirs = sign_in(app.test_client(), stranger)
    session = queries.open_sessions_of(stranger.id, now=NOW)[0]
    assert sign_in(browser, person).post(f"/account/sessions/{session.id}/end").status_code == 404
    assert theirs.get("/account").status_code == 200


def test_my_data_are_mine_to_take_away_and_nobody_elses(browser, person, sign_in):
    PersonFactory(email="other@example.org")
    answer = sign_in(browser, person).get("/account/data.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.json["account"]["email"] == "nia@example.org"
    facts = {fact["kind"]: fact["value"] for fact in answer.json["account"]["facts"]}
    assert (facts["team"], facts["languages"], facts["accommodations"]["time_multiplier"]) == ("Jakarta Night", ["en", "id"], 1.5)
    assert answer.json["sessions"][0]["browser"].endswith("Firefox/128.0")
    assert "other@example.org" not in answer.text and "password" not in answer.text


def test_sessions_out_of_use_are_not_shown(app, browser, person, sign_in, clock):
    sign_in(app.test_client(), person)
    clock.shift(timedelta(hours=13))
    assert sign_in(browser, person).get("/account/sessions").text.count("Firefox on Linux") == 1


def test_when_a_session_was_last_used_is_known_to_five_minutes(browser, person, sign_in, clock):
    sign_in(browser, person)
    for minutes in (4, 2, 3):
        clock.shift(timedelta(minutes=minutes))
        browser.get("/account")
    db.session.expire_all()
    assert queries.open_sessions_of(person.id, now=NOW)[0].last_seen_at == NOW + timedelta(minutes=6)
