"""Addresses of pictures: one's own, short-lived, and telling nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from training.media.tokens import Audience, media_address, media_id_of, media_token

NOW = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)
ME = Audience(17, "practice")


def test_a_token_opens_its_file_for_its_viewer(app: Flask) -> None:
    assert media_id_of(media_token(5, ME, now=NOW), person_id=17, now=NOW) == 5


def test_a_token_opens_nothing_for_anybody_else(app: Flask) -> None:
    assert media_id_of(media_token(5, ME, now=NOW), person_id=18, now=NOW) is None


def test_a_token_lives_today_and_tomorrow(app: Flask) -> None:
    token = media_token(5, ME, now=NOW)
    assert media_id_of(token, person_id=17, now=NOW + timedelta(hours=24)) == 5
    assert media_id_of(token, person_id=17, now=NOW + timedelta(hours=25)) is None
    assert media_id_of(token, person_id=17, now=NOW - timedelta(days=1)) is None


def test_a_token_stays_the_same_within_a_day_so_that_browsers_keep_the_picture(app: Flask) -> None:
    assert media_token(5, ME, now=NOW) == media_token(5, ME, now=NOW - timedelta(hours=20))
    assert media_token(5, ME, now=NOW) != media_token(5, ME, now=NOW + timedelta(hours=1))


def test_the_same_picture_has_other_addresses_on_other_occasions_and_for_other_people(app: Flask) -> None:
    addresses = {media_token(5, audience, now=NOW) for audience in (ME, Audience(17, "attempt-one"), Audience(17, "attempt-two"), Audience(18, "practice"))}
    assert len(addresses) == 4
    starts = {address[:6] for address in addresses}
    ends = {address[-6:] for address in addresses}
    assert len(starts) == len(ends) == 4


@pytest.mark.parametrize("token", ["", "x", "not base64 ü", "A" * 48, "A" * 4000])
def test_what_is_no_token_opens_nothing(app: Flask, token: str) -> None:
    assert media_id_of(token, person_id=17, now=NOW) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 47), st.sampled_from("ABCDxyz019-_"))
def test_a_token_with_one_letter_changed_opens_nothing(app: Flask, at: int, letter: str) -> None:
    token = media_token(5, ME, now=NOW)
    changed = token[:at] + letter + token[at + 1 :]
    assert changed == token or media_id_of(changed, person_id=17, now=NOW) is None


def test_tokens_outlive_a_change_of_keys(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    token = media_token(5, ME, now=NOW)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "a new key")
    assert media_id_of(token, person_id=17, now=NOW) == 5
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [])
    assert media_id_of(token, person_id=17, now=NOW) is None


def test_the_address_is_short_and_holds_the_token_alone(app: Flask) -> None:
    with app.test_request_context("/"):
        address = media_address(5, ME, now=NOW)
    assert address == f"/media/{media_token(5, ME, now=NOW)}"
    assert len(address) < 70
