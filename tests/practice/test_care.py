"""When a break is due, and what is veiled: by values."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from training.cases.rules import Difficulty
from training.practice.rules import Candidate, Instead, Looked, Recent, Review, Veil, calls_for_lighter, instead_of, is_break_due, pick_like, stood, veil_over

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


def past(*severe: bool) -> list[Recent]:
    return [Recent(number, "PRO-03.a", f"family-{number}", 1, False, False, is_answered=True, is_severe=each) for number, each in enumerate(severe)]


@pytest.mark.parametrize(
    ("recent", "is_lighter"),
    [
        (past(), False),
        (past(True), False),
        (past(True, True), True),
        (past(True, True, True, True), True),
        (past(False, True, True), False),
        (past(True, False, True, True), False),
        (past(False, False), False),
    ],
)
def test_after_two_severe_cases_comes_one_without_a_warning(recent: list[Recent], is_lighter: bool) -> None:
    assert calls_for_lighter(recent) is is_lighter


@pytest.mark.parametrize(
    ("wish", "is_severe", "comes"),
    [
        (None, True, Instead.LIGHTER),
        (None, False, Instead.LIKE),
        (Instead.LIKE, True, Instead.LIKE),
        (Instead.LIGHTER, False, Instead.LIGHTER),
    ],
)
def test_a_severe_case_that_is_skipped_is_followed_by_a_lighter_one_unless_it_is_wished_otherwise(
    wish: Instead | None, is_severe: bool, comes: Instead
) -> None:
    assert instead_of(wish, is_severe=is_severe) is comes


CLEAR, TYPICAL, BORDERLINE = Difficulty.CLEAR, Difficulty.TYPICAL, Difficulty.BORDERLINE


@pytest.mark.parametrize(
    ("skipped", "offered", "recent_count", "comes"),
    [
        (TYPICAL, [CLEAR, TYPICAL, BORDERLINE], 14, 2),
        (TYPICAL, [CLEAR, BORDERLINE], 14, 1),
        (BORDERLINE, [CLEAR, BORDERLINE], 14, 2),
        (BORDERLINE, [CLEAR, BORDERLINE], 1, 1),
        (CLEAR, [], 14, None),
    ],
)
def test_what_is_skipped_is_replaced_by_its_equal(skipped: Difficulty, offered: list[Difficulty], recent_count: int, comes: int | None) -> None:
    candidates = [Candidate(number, f"family-{number}", difficulty) for number, difficulty in enumerate(offered, start=1)]
    known = stood(None, Review(NOW, 1, is_right=True))
    known = replace(known, review_count=9)
    look_alike = Candidate(0, "family-0", skipped)
    found = pick_like(look_alike, [look_alike, *candidates], known, past(*[False] * recent_count))
    assert (found.case_id if found else None) == comes
