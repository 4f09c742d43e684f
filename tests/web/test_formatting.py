"""Times with their zone, numbers by locale."""

from datetime import UTC, datetime, timedelta

import pytest

from training.web import formatting

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def page(app):
    with app.test_request_context():
        yield


def test_an_instant_is_told_in_the_organisations_zone_where_nobody_is_signed_in():
    assert formatting.instant_text(NOW) == "22 Nov 2026, 16:00 WIB"
    assert formatting.day_text(datetime(2026, 11, 22, 17, tzinfo=UTC)) == "23 Nov 2026"


def test_a_zone_that_is_none_is_utc(app, monkeypatch):
    monkeypatch.setitem(app.config, "ORGANISATION_TIME_ZONE", "../etc/passwd")
    assert formatting.instant_text(NOW) == "22 Nov 2026, 09:00 UTC"


def test_a_relative_time_looks_both_ways():
    assert formatting.relative_text(NOW + timedelta(days=3), NOW) == "in 3 days"
    assert formatting.relative_text(NOW - timedelta(hours=2), NOW) == "2 hours ago"


def test_a_time_tag_is_absolute_relative_and_machine_readable():
    tag = formatting.time_tag(NOW)
    assert 'datetime="2026-11-22T09:00:00Z"' in tag and "22 Nov 2026, 16:00 WIB" in tag and "relative" in tag
    assert formatting.time_tag(None, absent="<never>") == "&lt;never&gt;"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (45, "45 s"),
        (200, "3 min 20 s"),
        (3600, "1 h"),
        (3661, "1 h 1 min"),
        (3900, "1 h 5 min"),
        (86_400, "24 h"),
        (259_200, "3 days"),
        (270_000, "75 h"),
    ],
)
def test_a_duration_is_told_in_the_units_that_matter(seconds, words):
    assert formatting.duration_text(seconds) == words


def test_numbers_and_shares_are_told_by_locale():
    assert formatting.number_text(1204) == "1,204"
    assert formatting.number_text(1 / 3) == "0.33"
    assert (formatting.percent_text(0.925), formatting.percent_text(0.925, digits=1), formatting.percent_text(None)) == ("92 %", "92.5 %", "–")


@pytest.mark.parametrize(("code", "name"), [("id", "Indonesian"), ("fil", "Filipino"), ("pt-BR", "Portuguese (Brazil)"), ("xx", "xx")])
def test_languages_have_names(code, name):
    assert formatting.language_name(code) == name


@pytest.mark.parametrize(("code", "name"), [("ID", "Indonesia"), ("VN", "Vietnam"), ("QQ", "QQ")])
def test_markets_have_names(code, name):
    assert formatting.market_name(code) == name
