"""The stretches that days of work come to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from training.certification.rules import disuse_end, stretches_of, with_day
from training.certification.rules.terms import first_instant_of

JAKARTA = ZoneInfo("Asia/Jakarta")
DAYS = st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=30)


def test_short_pauses_are_bridged_and_long_ones_are_not() -> None:
    days = [date(2026, 3, 1), date(2026, 3, 8), date(2026, 3, 16)]
    assert stretches_of(days, JAKARTA) == (
        (datetime(2026, 2, 28, 17, tzinfo=UTC), datetime(2026, 3, 8, 17, tzinfo=UTC)),
        (datetime(2026, 3, 15, 17, tzinfo=UTC), datetime(2026, 3, 16, 17, tzinfo=UTC)),
    )


@given(DAYS.flatmap(lambda days: st.tuples(st.just(days), st.permutations(days))))
def test_days_come_to_the_same_stretches_in_whatever_order_they_are_told(told: tuple[list[date], list[date]]) -> None:
    days, shuffled = told
    found: tuple[tuple[datetime, datetime], ...] = ()
    for day in shuffled:
        found = with_day(found, day, JAKARTA)
    assert found == stretches_of(days, JAKARTA)
    assert list(found) == sorted(found)


@given(DAYS, st.integers(7, 90))
def test_stretches_say_of_every_disuse_what_the_days_themselves_say(days: list[date], allowed: int) -> None:
    begin = datetime(2026, 3, 1, tzinfo=UTC)
    end = begin + timedelta(days=allowed)
    for day in sorted(days):
        if first_instant_of(day, JAKARTA) < end:
            end = max(end, first_instant_of(day + timedelta(days=1), JAKARTA) + timedelta(days=allowed))
    assert disuse_end(begin, allowed, stretches_of(days, JAKARTA)) == end
