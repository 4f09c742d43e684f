from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from training.exams.rules.breaks import BreakBank, taken_in
from training.exams.rules.timing import TimeDeed

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_without_a_break_everything_is_left() -> None:
    bank = BreakBank(600)
    assert (bank.left(START), bank.is_on_break(START), bank.ends_at) == (600 * SECOND, False, None)


def test_a_break_that_has_not_ended_in_the_ledger_is_not_counted_there() -> None:
    deeds = [(TimeDeed.BREAK_STARTED, START), (TimeDeed.BREAK_ENDED, START + 5 * SECOND), (TimeDeed.BREAK_STARTED, START + 9 * SECOND)]
    assert taken_in(deeds) == 5 * SECOND


@given(st.lists(st.tuples(st.integers(1, 10**10), st.integers(0, 10**10)), max_size=8), st.integers(0, 7200))
def test_however_breaks_are_taken_no_more_is_taken_than_was_granted(spans: list[tuple[int, int]], granted: int) -> None:
    deeds: list[tuple[TimeDeed, datetime]] = []
    at = START
    for gap, wanted in spans:
        at += timedelta(microseconds=gap)
        bank = BreakBank(granted, taken_in(deeds), at)
        assert bank.ends_at is not None
        ends = min(at + timedelta(microseconds=wanted), bank.ends_at)
        assert bank.left(ends) >= timedelta()
        deeds += [(TimeDeed.BREAK_STARTED, at), (TimeDeed.BREAK_ENDED, ends)]
        at = ends
    assert timedelta() <= taken_in(deeds) <= timedelta(seconds=granted)
