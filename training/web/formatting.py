"""Times with their zone, numbers by locale, intervals in words: the template filters."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import Babel, get_locale
from flask_login import current_user
from markupsafe import Markup, escape

from training import clock
from training.config import zone_or_organisations

ABBREVIATIONS = {
    **dict.fromkeys(("Asia/Jakarta", "Asia/Pontianak"), "WIB"),
    **dict.fromkeys(("Asia/Makassar", "Asia/Ujung_Pandang"), "WITA"),
    "Asia/Jayapura": "WIT",
    **dict.fromkeys(("Asia/Kuala_Lumpur", "Asia/Kuching"), "MYT"),
    **dict.fromkeys(("Asia/Singapore", "Singapore"), "SGT"),
    "Asia/Manila": "PHT",
    **dict.fromkeys(("Asia/Bangkok", "Asia/Ho_Chi_Minh", "Asia/Saigon", "Asia/Phnom_Penh", "Asia/Vientiane"), "ICT"),
    **dict.fromkeys(("Asia/Yangon", "Asia/Rangoon"), "MMT"),
    "Asia/Brunei": "BNT",
    "Asia/Dili": "TLT",
}
"""The zones of South-East Asia as people there write them; the zone data has numbers for most, and `PST` for Manila."""

Unit = Literal["year", "month", "week", "day", "hour", "minute", "second"]
DAY = 86_400
UNITS: tuple[tuple[Unit, int], ...] = (("year", 730 * DAY), ("month", 60 * DAY), ("week", 21 * DAY), ("day", DAY), ("hour", 3600), ("minute", 60))
"""From how many seconds on a relative time is told in a unit: so late that rounding it tells no lie."""


def zone_of_reader() -> ZoneInfo:
    """The zone of whoever reads the page, else the organisation's."""
    name = getattr(current_user, "time_zone", None)
    return zone_or_organisations(name)


def instant_text(instant: datetime) -> str:
    """`22 Nov 2026, 17:05 WIB`: in the reader's zone, naming it."""
    return _instant_text(instant.astimezone(UTC), zone_of_reader(), str(get_locale() or "en"))


@lru_cache(maxsize=5_000)
def _instant_text(instant: datetime, zone: ZoneInfo, locale: str) -> str:
    """The same words for every page of somebody's exam that says when it ends."""
    local = instant.astimezone(zone)
    return f"{format_datetime(local, 'd MMM y, HH:mm', locale=locale)} {_zone_name(zone, local)}"


def time_of_day_text(instant: datetime) -> str:
    """`17:05:09 WIB`: to the second, in the reader's zone."""
    zone = zone_of_reader()
    local = instant.astimezone(zone)
    return f"{format_datetime(local, 'HH:mm:ss', locale=get_locale() or 'en')} {_zone_name(zone, local)}"


def _zone_name(zone: ZoneInfo, local: datetime) -> str:
    name = ABBREVIATIONS.get(zone.key) or local.tzname() or zone.key
    return f"UTC{name}" if name.startswith(("+", "-")) else name


def day_text(instant: datetime | date) -> str:
    """`22 Nov 2026`: of an instant in the reader's zone, of a date as it is."""
    day = instant.astimezone(zone_of_reader()) if isinstance(instant, datetime) else instant
    return format_date(day, "d MMM y", locale=get_locale() or "en")


def month_text(day: date) -> str:
    """`November 2026`, of any day in it."""
    return format_date(day, "LLLL y", locale=get_locale() or "en")


def month_day_text(text: str) -> str:
    """`31 December`, of `12-31`: a date that comes every year."""
    return format_date(date.fromisoformat(f"2000-{text}"), "d MMMM", locale=get_locale() or "en")


def relative_text(instant: datetime, since: datetime | None = None) -> str:
    """`in 3 days`, `2 hours ago`, `in 11 months`."""
    apart = instant - (since or clock.now())
    unit: Unit = next((unit for unit, seconds in UNITS if abs(apart.total_seconds()) >= seconds), "second")
    return format_timedelta(apart, granularity=unit, threshold=float("inf"), add_direction=True, locale=get_locale() or "en")


def time_tag(instant: datetime | None, *, absent: str = "–") -> Markup:
    """A `<time>` element: absolute with the zone, then relative."""
    if instant is None:
        return Markup(escape(absent))
    machine = instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}">{} <span class="relative">({})</span></time>').format(machine, instant_text(instant), relative_text(instant))


def number_text(number: float) -> str:
    """A number by locale: `1,204`; at most two decimals."""
    return format_decimal(round(number, 2), locale=get_locale() or "en")


def percent_text(share: float | None, *, digits: int = 0) -> str:
    """A share in [0, 1] as `92 %`; nothing known is a dash."""
    return "–" if share is None else f"{format_decimal(round(share * 100, digits), locale=get_locale() or 'en')} %"


def duration_text(seconds: float) -> str:
    """`1 h 5 min`, `45 s`, `3 min 20 s`; whole days from two days on: `7 days`."""
    whole = int(timedelta(seconds=seconds).total_seconds())
    days, left_over = divmod(whole, 86_400)
    if days >= 2 and not left_over:
        return f"{days} days"
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    parts = [(hours, "h"), (minutes, "min"), (left if not hours else 0, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count) or "0 s"


def _reader_words() -> Locale:
    return get_locale() or Locale("en")


def language_name(code: str) -> str:
    """`Indonesian` for `id`; a code that no locale knows is its own name."""
    language, _, territory = code.partition("-")
    name = str(_reader_words().languages.get(language, code))
    return f"{name} ({market_name(territory)})" if territory else name


def market_name(code: str) -> str:
    """`Indonesia` for `ID`; a code that no locale knows is its own name."""
    return str(_reader_words().territories.get(code, code))


def _reader_locale() -> str:
    return getattr(current_user, "language", None) or "en"


def init_formatting(app: Flask) -> None:
    """Make the filters known to templates."""
    Babel(app, locale_selector=_reader_locale)
    app.jinja_env.filters.update(
        instant=instant_text, day=day_text, relative=relative_text, time_tag=time_tag, number=number_text, percent=percent_text, duration=duration_text
    )
    app.jinja_env.filters.update(language=language_name, market=market_name, time_of_day=time_of_day_text, month_day=month_day_text, month=month_text)
