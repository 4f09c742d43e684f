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
    assert formatting.time_of_day_text(datetime(2026, 11, 22, 17, 5, 9, tzinfo=UTC)) == "00:05:09 WIB"


def test_a_zone_that_is_none_is_utc(app, monkeypatch):
    monkeypatch.setitem(app.config, "ORGANISATION_TIME_ZONE", "../etc/passwd")
    assert formatting.instant_text(NOW) == "22 Nov 2026, 09:00 UTC"


def test_a_relative_time_looks_both_ways():
    assert formatting.relative_text(NOW + timedelta(days=3), NOW) == "in 3 days"
    assert formatting.relative_text(NOW - timedelta(hours=2), NOW) == "2 hours ago"


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=40), "in 40 seconds"),
        (timedelta(minutes=90), "in 2 hours"),
        (timedelta(days=1), "in 1 day"),
        (timedelta(days=20), "in 20 days"),
        (timedelta(days=24), "in 3 weeks"),
        (timedelta(days=59), "in 8 weeks"),
        (timedelta(days=335), "in 11 months"),
        (timedelta(days=365), "in 12 months"),
        (timedelta(days=700), "in 23 months"),
        (timedelta(days=731), "in 2 years"),
    ],
)
def test_a_relative_time_is_told_in_the_unit_that_people_would_use(apart, words):
    assert formatting.relative_text(NOW + apart, NOW) == words


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Asia/Jakarta", "16:00 WIB"),
        ("Asia/Pontianak", "16:00 WIB"),
        ("Asia/Makassar", "17:00 WITA"),
        ("Asia/Jayapura", "18:00 WIT"),
        ("Asia/Kuala_Lumpur", "17:00 MYT"),
        ("Asia/Kuching", "17:00 MYT"),
        ("Asia/Singapore", "17:00 SGT"),
        ("Asia/Manila", "17:00 PHT"),
        ("Asia/Bangkok", "16:00 ICT"),
        ("Asia/Ho_Chi_Minh", "16:00 ICT"),
        ("Asia/Phnom_Penh", "16:00 ICT"),
        ("Asia/Vientiane", "16:00 ICT"),
        ("Asia/Yangon", "15:30 MMT"),
        ("Asia/Brunei", "17:00 BNT"),
        ("Asia/Dili", "18:00 TLT"),
        ("Asia/Dubai", "13:00 UTC+04"),
        ("Europe/Berlin", "10:00 CET"),
    ],
)
def test_a_zone_is_called_as_people_there_call_it(app, monkeypatch, zone, shown):
    monkeypatch.setitem(app.config, "ORGANISATION_TIME_ZONE", zone)
    assert formatting.instant_text(NOW) == f"22 Nov 2026, {shown}"


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
