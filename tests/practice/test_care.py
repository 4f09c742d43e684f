"""When a break is due, and what is veiled: by values."""

from datetime import UTC, datetime, timedelta

import pytest

from training.practice.rules import Looked, Veil, is_break_due, veil_over

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def looks(*minutes_ago: float, severe: bool = False) -> list[Looked]:
    return [Looked(NOW - timedelta(minutes=minutes), severe) for minutes in minutes_ago]


@pytest.mark.parametrize(
    ("looked", "due"),
    [
        ([], False),
        (looks(1, 5, 10), False),
        (looks(1, 8, 15, 22, 25), True),
        (looks(1, 8, 15, 22, 24.9), False),
        (looks(1, 5, 16, 24, 30), False),
        (looks(11, 18, 25, 32), False),
        (looks(*range(1, 9), severe=True), True),
        (looks(*range(1, 8), severe=True), False),
        (looks(1, 2, 3, severe=True) + looks(14, 15, 16, 17, 18, severe=True), False),
    ],
)
def test_a_break_is_due_after_25_minutes_or_8_severe_cases_without_a_pause(looked: list[Looked], due: bool) -> None:
    assert is_break_due(looked, now=NOW) is due


@pytest.mark.parametrize(
    ("area", "is_severe", "is_blurring", "veil"),
    [
        ("FRD", True, True, Veil.PICTURES),
        ("HRM", True, True, Veil.EVERYTHING),
        ("SXM", True, True, Veil.EVERYTHING),
        ("HRM", False, True, Veil.NOTHING),
        ("HRM", True, False, Veil.NOTHING),
    ],
)
def test_what_is_veiled_depends_on_family_area_and_wish(area: str, is_severe: bool, is_blurring: bool, veil: Veil) -> None:
    assert veil_over(area, is_severe=is_severe, is_blurring=is_blurring) is veil
