"""Shifts by the clock of their site: over midnight, over clock changes, on some days of the week."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.accounts.factories import PersonFactory
from training.accounts import queries, services
from training.accounts.rules import AccountReason, Hours, HoursVersion, ShiftAssignment, hours_at, is_off_shift, is_on_shift, next_turn
from training.actors import SYSTEM, Actor, ActorKind
from training.db import db
from training.errors import Refusal

EVERY_DAY = frozenset(range(1, 8))
NIGHT = Hours("Asia/Jakarta", frozenset({1, 2, 3, 4, 5}), time(22), time(6), is_binding=True)
BERLIN = "Europe/Berlin"
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def local(zone: str, text: str, *, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "is_on"),
    [
        ("2026-11-23T21:59", False),
        ("2026-11-23T22:00", True),
        ("2026-11-24T05:59", True),
        ("2026-11-24T06:00", False),
        ("2026-11-28T05:00", True),  # Saturday morning: the shift that began on Friday
        ("2026-11-28T23:00", False),
        ("2026-11-23T05:00", False),  # Monday morning: none began on Sunday
    ],
)
def test_a_night_shift_belongs_to_the_day_on_which_it_begins(at: str, is_on: bool) -> None:
    assert is_on_shift(NIGHT, local(NIGHT.zone, at)) is is_on


@pytest.mark.parametrize(
    ("after", "turn"),
    [
        ("2026-11-23T12:00", "2026-11-23T22:00"),
        ("2026-11-23T22:00", "2026-11-24T06:00"),
        ("2026-11-24T06:00", "2026-11-24T22:00"),
        ("2026-11-28T06:00", "2026-11-30T22:00"),
    ],
)
def test_a_shift_turns_when_it_begins_and_when_it_ends(after: str, turn: str) -> None:
    assert next_turn(NIGHT, local(NIGHT.zone, after)) == local(NIGHT.zone, turn)


def test_a_shift_follows_its_sites_clock_over_a_change() -> None:
    """In the night of 29 March 2026 Berlin's clock leaves out the hour from two to three; on 25 October that hour comes twice."""
    night = Hours(BERLIN, EVERY_DAY, time(22), time(6))
    spring, autumn = local(BERLIN, "2026-03-28T22:00"), local(BERLIN, "2026-10-24T22:00")
    assert next_turn(night, spring) == spring + timedelta(hours=7)
    assert next_turn(night, autumn) == autumn + timedelta(hours=9)
    early = Hours(BERLIN, EVERY_DAY, time(2, 30), time(10))
    assert next_turn(early, spring) == local(BERLIN, "2026-03-29T03:30"), "what begins in the hour left out begins as much later"
    late = Hours(BERLIN, EVERY_DAY, time(20), time(2, 30))
    assert next_turn(late, autumn) == local(BERLIN, "2026-10-25T02:30"), "of an hour that comes twice the first counts"


def test_a_shift_that_a_clock_change_swallows_turns_a_week_later() -> None:
    short = Hours(BERLIN, frozenset({7}), time(2), time(3))
    assert next_turn(short, local(BERLIN, "2026-03-28T12:00")) == local(BERLIN, "2026-04-05T02:00")


quarters = st.builds(time, st.integers(0, 23), st.sampled_from((0, 15, 30, 45)))
shifts = st.builds(Hours, st.sampled_from((BERLIN, "Asia/Jakarta", "America/New_York")), st.frozensets(st.integers(1, 7), min_size=1), quarters, quarters)


@settings(max_examples=40, deadline=None)
@given(shifts.filter(lambda hours: hours.begins != hours.ends), st.integers(0, 365 * 96))
def test_the_next_turn_is_the_first_quarter_of_an_hour_that_differs(hours: Hours, quarter: int) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
    later = (after + timedelta(minutes=15 * number) for number in range(1, 16 * 96))
    assert next_turn(hours, after) == next(at for at in later if is_on_shift(hours, at) is not is_on_shift(hours, after))


def version(hours: Hours, day: int, number: int) -> HoursVersion:
    return HoursVersion(hours, NOW + timedelta(days=day), NOW, number)


def test_the_hours_are_those_of_the_shift_and_the_version_that_hold_then() -> None:
    morning = replace(NIGHT, begins=time(6), ends=time(14))
    given_shifts = [
        ShiftAssignment(NOW, NOW, 1, 7, (version(NIGHT, -1, 1), version(morning, 2, 2))),
        ShiftAssignment(NOW + timedelta(days=4), NOW, 2),
    ]
    found = [hours_at(given_shifts, NOW + timedelta(days=day)) for day in (-1, 0, 2, 4)]
    assert found == [None, NIGHT, morning, None]
    assert not is_off_shift(given_shifts, NOW + timedelta(days=4))


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "America/New_York", "Pacific/Kiritimati"])
@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "0001-01-02T03:00:00Z", "9999-12-17T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_at_the_ends_of_the_calendar_nobody_works(zone: str, at: str) -> None:
    """The gate is asked about any instant that there is."""
    hours, instant = replace(NIGHT, zone=zone, days=EVERY_DAY), datetime.fromisoformat(at)
    assert (is_on_shift(hours, instant), next_turn(hours, instant)) == (False, None)


def test_a_shift_that_does_not_bind_closes_nothing() -> None:
    free = [ShiftAssignment(NOW, NOW, 1, 7, (version(replace(NIGHT, is_binding=False), -1, 1),))]
    bound = [ShiftAssignment(NOW, NOW, 1, 7, (version(NIGHT, -1, 1),))]
    assert (is_off_shift(free, NOW), is_off_shift(bound, NOW), is_off_shift((), NOW)) == (False, True, False)


@pytest.mark.usefixtures("app")
class TestDeeds:
    def test_a_shift_is_made_once_and_its_changed_hours_are_another_version(self) -> None:
        made = services.create_shift("Night", NIGHT, by=SYSTEM, now=NOW)
        with pytest.raises(Refusal) as refused:
            services.create_shift("night", NIGHT, by=SYSTEM, now=NOW)
        assert refused.value.reason is AccountReason.SHIFT_TAKEN
        assert not services.change_hours(made, NIGHT, by=SYSTEM, now=NOW)
        assert services.change_hours(made, replace(NIGHT, is_binding=False), by=SYSTEM, now=NOW)
        assert queries.latest_hours()[made.id].number == 2

    @pytest.mark.parametrize("wrong", [replace(NIGHT, ends=NIGHT.begins), replace(NIGHT, days=frozenset())])
    def test_a_shift_has_a_length_and_a_day(self, wrong: Hours) -> None:
        with pytest.raises(Refusal) as refused:
            services.create_shift("Night", wrong, by=SYSTEM, now=NOW)
        assert refused.value.reason is AccountReason.SHIFT_WITHOUT_LENGTH

    def test_a_person_works_one_shift_at_a_time_which_another_gave_them(self) -> None:
        person, lead = PersonFactory(), PersonFactory()
        night = services.create_shift("Night", NIGHT, by=SYSTEM, now=NOW)
        by = Actor(ActorKind.PERSON, lead.id)
        assert services.assign_shift(person, night, effective_from=NOW, by=by, now=NOW)
        assert not services.assign_shift(person, night, effective_from=NOW, by=by, now=NOW + timedelta(hours=1))
        assert services.assign_shift(person, None, effective_from=NOW + timedelta(days=2), by=by, now=NOW)
        db.session.commit()
        found = [queries.shift_of(person.id, at=NOW + timedelta(days=day)) for day in (0, 2)]
        assert found == [night.id, None]
        assert queries.unavailable_people([person.id, lead.id], now=NOW) == {person.id}
        with pytest.raises(Refusal):
            services.assign_shift(person, None, effective_from=NOW, by=Actor(ActorKind.PERSON, person.id), now=NOW)
