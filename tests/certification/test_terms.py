"""How long certificates last, by tables."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.certification.rules import Ending, EventKind, LedgerEvent, Standing, State, Term, TermRule, Use, known_events, next_term, standing
from training.certification.rules.terms import first_instant_of

START = datetime(2026, 1, 1, tzinfo=UTC)
JAKARTA = ZoneInfo("Asia/Jakarta")
YEARS_END = TermRule(Ending.CALENDAR, dates=((12, 31),), zone=JAKARTA, renewal_window_days=30)
HALF_YEARS = TermRule(Ending.CALENDAR, dates=((6, 30), (12, 31)), at_least_days=60, zone=JAKARTA, renewal_window_days=30)
NOTHING = Standing(State.NONE)


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "now", "until"),
    [
        (YEARS_END, "2026-03-01T00:00", "2026-12-31T17:00"),
        (YEARS_END, "2026-12-31T16:59:59", "2026-12-31T17:00"),
        (YEARS_END, "2026-12-31T17:00", "2027-12-31T17:00"),
        (HALF_YEARS, "2026-03-01T00:00", "2026-06-30T17:00"),
        (HALF_YEARS, "2026-05-01T17:00", "2026-06-30T17:00"),
        (HALF_YEARS, "2026-05-01T17:00:01", "2026-12-31T17:00"),
        (HALF_YEARS, "2026-11-15T00:00", "2027-06-30T17:00"),
    ],
)
def test_a_term_by_the_calendar_ends_with_the_last_instant_of_a_date_in_the_organisations_zone(rule: TermRule, now: str, until: str) -> None:
    assert next_term(NOTHING, rule, now=utc(now)) == Term(EventKind.AWARDED, utc(now), utc(until))


@pytest.mark.parametrize(
    ("zone", "dates", "now", "until"),
    [
        ("Europe/Berlin", (3, 28), "2026-03-01T00:00", "2026-03-28T23:00"),  # the day after has 23 hours
        ("Europe/Berlin", (3, 29), "2026-03-01T00:00", "2026-03-29T22:00"),
        ("Europe/Berlin", (10, 25), "2026-10-01T00:00", "2026-10-25T23:00"),  # it has 25 hours itself
        ("America/Sao_Paulo", (11, 3), "2018-10-01T00:00", "2018-11-04T03:00"),  # no midnight: clocks went from 23:59:59 to 01:00
        ("America/Havana", (10, 31), "2026-10-01T00:00", "2026-11-01T04:00"),  # two midnights: the first
    ],
)
def test_a_date_ends_rightly_where_clocks_change(zone: str, dates: tuple[int, int], now: str, until: str) -> None:
    rule = TermRule(Ending.CALENDAR, dates=(dates,), zone=ZoneInfo(zone))
    term = next_term(NOTHING, rule, now=utc(now))
    assert term is not None and term.valid_until == utc(until)


@pytest.mark.parametrize(
    ("rule", "current", "now", "term"),
    [
        (YEARS_END, Standing(State.IN_FORCE, day(0), utc("2026-12-31T17:00")), "2026-12-01T16:59", None),
        (
            YEARS_END,
            Standing(State.IN_FORCE, day(0), utc("2026-12-31T17:00")),
            "2026-12-01T17:00",
            Term(EventKind.RENEWED, utc("2026-12-31T17:00"), utc("2027-12-31T17:00")),
        ),
        (TermRule(Ending.DISUSE, 60), NOTHING, "2026-03-01T00:00", Term(EventKind.AWARDED, utc("2026-03-01T00:00"), None, 60)),
        (
            TermRule(Ending.DISUSE, 60, renewal_window_days=10),
            Standing(State.IN_FORCE, day(0), day(60), disuse_days=60),
            "2026-02-20T00:00",
            Term(EventKind.RENEWED, day(50), None, 60),
        ),
        (TermRule(Ending.DISUSE, 60, renewal_window_days=10), Standing(State.IN_FORCE, day(0), day(60), disuse_days=60), "2026-02-19T23:59", None),
        (
            TermRule(Ending.DISUSE, 60, renewal_window_days=10),
            Standing(State.IN_FORCE, day(0), day(60)),
            "2026-02-20T00:00",
            Term(EventKind.RENEWED, day(60), None, 60),
        ),
        (TermRule(Ending.NEVER), NOTHING, "2026-03-01T00:00", Term(EventKind.AWARDED, utc("2026-03-01T00:00"), None)),
        (TermRule(Ending.NEVER), Standing(State.IN_FORCE, day(0), None), "2046-03-01T00:00", None),
        (TermRule(Ending.NEVER), Standing(State.IN_FORCE, day(0), day(180)), "2026-06-30T00:00", Term(EventKind.RENEWED, day(180), None)),
    ],
)
def test_the_next_term_follows_the_rule_whatever_ended_the_last(rule: TermRule, current: Standing, now: str, term: Term | None) -> None:
    assert next_term(current, rule, now=utc(now)) == term


def by_disuse(begin: float, days: int = 60) -> LedgerEvent:
    return LedgerEvent(1, EventKind.AWARDED, day(begin), day(begin), day(begin), None, "c", disuse_days=days)


def use(recorded: float, *stretches: tuple[float, float]) -> Use:
    return Use(day(recorded), tuple((day(begin), day(end)) for begin, end in stretches))


@pytest.mark.parametrize(
    ("uses", "at", "state", "until"),
    [
        ([], 59.9, State.IN_FORCE, 60),
        ([], 60, State.LAPSED, 60),
        ([use(11, (10, 11))], 60, State.IN_FORCE, 71),
        ([use(11, (10, 11))], 71, State.LAPSED, 71),
        ([use(11, (10, 11)), use(51, (10, 11), (50, 51))], 100, State.IN_FORCE, 111),
        ([use(62, (59.5, 61))], 70, State.IN_FORCE, 121),
        ([use(81, (80, 81))], 90, State.LAPSED, 60),  # work after the lapse brings nothing back
        ([use(11, (10, 11), (75, 76))], 90, State.LAPSED, 71),
        ([use(0, (-30, -20))], 60, State.LAPSED, 60),  # work from before the award keeps nothing alive
        ([use(11, (10, 11)), use(12)], 60, State.LAPSED, 60),  # a report that was corrected to nothing
        ([use(99, (10, 11))], 60, State.LAPSED, 60),  # not known then
    ],
)
def test_disuse_ends_a_certificate_so_many_days_after_the_last_work_that_was_known(uses: list[Use], at: float, state: State, until: float) -> None:
    found = standing(known_events([by_disuse(0)], day(at), uses), at=day(at))
    assert (found.state, found.until) == (state, day(until))


def test_what_never_ends_is_in_force_for_ever_and_has_no_end() -> None:
    ledger = [LedgerEvent(1, EventKind.AWARDED, day(0), day(0), day(0), None, "c")]
    found = standing(known_events(ledger, day(9_000)), at=day(9_000))
    assert (found.state, found.until) == (State.IN_FORCE, None)


def test_what_is_followed_by_a_term_without_an_end_has_none() -> None:
    ledger = [
        LedgerEvent(1, EventKind.AWARDED, day(0), day(0), day(0), day(180), "c"),
        LedgerEvent(2, EventKind.RENEWED, day(160), day(160), day(180), None, "d"),
    ]
    assert standing(ledger, at=day(170)) == Standing(State.IN_FORCE, day(0), None, "c")
    assert standing(ledger, at=day(190)) == Standing(State.IN_FORCE, day(180), None, "d")


@given(st.dates(date(2000, 1, 1), date(2060, 1, 1)), st.sampled_from(["Asia/Jakarta", "Europe/Berlin", "America/Havana", "Asia/Beirut"]))
def test_a_day_begins_in_its_zone_and_not_a_moment_sooner(asked: date, zone: str) -> None:
    begin = first_instant_of(asked, ZoneInfo(zone))
    assert begin.astimezone(ZoneInfo(zone)).date() == asked
    assert (begin - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date() < asked
