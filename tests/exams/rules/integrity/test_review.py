from datetime import UTC, datetime, timedelta

import pytest

from training.exams.rules.integrity.kinds import Reported, Rest, WindowSignal, recorded
from training.exams.rules.integrity.review import BaseRate, Noticed, base_rate

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def absence(minute: int, seconds: float = 5.0) -> Reported:
    return Reported(1, WindowSignal.FOCUS_LOST, 1, NOON + timedelta(minutes=minute), seconds)


@pytest.mark.parametrize(("minute", "seconds", "is_recorded"), [(4, 50, True), (4, 61, False), (6, 5, False), (11, 5, True), (0, 0.5, False), (4, 900, False)])
def test_an_absence_that_touches_a_break_is_not_recorded_nor_is_a_blink(minute: int, seconds: float, is_recorded: bool) -> None:
    rest = Rest(NOON + timedelta(minutes=5), NOON + timedelta(minutes=10))
    assert recorded(absence(minute, seconds), (rest,)) is is_recorded


def test_nothing_is_recorded_while_a_pause_lasts() -> None:
    assert not recorded(absence(30), (Rest(NOON),))
    assert not recorded(Reported(1, WindowSignal.PASTE, 1, NOON + timedelta(hours=1)), (Rest(NOON),))


@pytest.mark.parametrize(
    ("noticed", "is_looked_at"),
    [
        (Noticed(), False),
        (Noticed(focus_count=4, focus_seconds=59, takeover_count=1, rapid_count=2, timed_count=5), False),
        (Noticed(focus_count=5), True),
        (Noticed(focus_seconds=60), True),
        (Noticed(paste_count=1), True),
        (Noticed(takeover_count=2), True),
        (Noticed(rapid_count=3, timed_count=40), False),
        (Noticed(rapid_count=4, timed_count=40), True),
        (Noticed(is_impossibly_fast=True), True),
        (Noticed(similar_count=1), True),
    ],
)
def test_somebody_is_asked_to_look_at_what_does_not_happen_to_everybody(noticed: Noticed, is_looked_at: bool) -> None:
    assert noticed.is_to_be_looked_at is is_looked_at


def test_a_base_rate_counts_as_often_or_oftener_and_needs_twenty_attempts() -> None:
    assert base_rate({0: 15, 1: 3, 4: 2}, 1) == BaseRate(5, 20)
    assert base_rate({0: 15, 1: 3, 4: 2}, 1).share == 0.25
    assert base_rate({0: 18, 4: 1}, 1).share is None
