"""When a time in shadow may end, by tables."""

from datetime import UTC, datetime, timedelta

import pytest

from training.certification.rules import EventKind, LedgerEvent, NestingRule, Quality, QualityState, Shadow, progress_of, standing, will_nest
from training.certification.rules.nesting import quality_state

START = datetime(2026, 1, 1, tzinfo=UTC)
RULE = NestingRule(days=14, decisions=200, quality_percent=85)
WELL, BADLY, UNSEEN = Quality(100, 97), Quality(100, 80), Quality()


def day(number: float) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize(
    ("quality", "state"),
    [
        (UNSEEN, QualityState.UNKNOWN),
        (Quality(21, 21), QualityState.UNKNOWN),  # nothing found in so few could show it
        (Quality(22, 22), QualityState.REACHED),
        (Quality(22, 21), QualityState.NOT_REACHED),
        (WELL, QualityState.REACHED),
        (Quality(100, 91), QualityState.NOT_REACHED),
        (BADLY, QualityState.NOT_REACHED),
    ],
)
def test_quality_is_known_once_the_bound_could_be_reached(quality: Quality, state: QualityState) -> None:
    assert quality_state(quality, 85) is state


@pytest.mark.parametrize(
    ("at", "shadow", "may"),
    [
        (13.9, Shadow(START, 199, WELL), False),
        (14, Shadow(START, 0, WELL), True),
        (2, Shadow(START, 200, WELL), True),
        (14, Shadow(START, 0, UNSEEN), False),
        (14, Shadow(START, 0, UNSEEN, is_signed_off=True), True),
        (2, Shadow(START, 200, UNSEEN, is_signed_off=True), True),
        (2, Shadow(START, 199, UNSEEN, is_signed_off=True), False),
        (20, Shadow(START, 500, BADLY, is_signed_off=True), False),
        (14, Shadow(START, 500, WELL, extended_until=day(21)), False),
        (21, Shadow(START, 500, WELL, extended_until=day(21)), True),
    ],
)
def test_a_shadow_may_end_when_it_was_long_enough_and_somebody_or_something_vouches(at: float, shadow: Shadow, may: bool) -> None:
    assert progress_of(RULE, shadow, now=day(at)).may_be_promoted is may


def award(at: float, *, is_provisional: bool = False) -> LedgerEvent:
    return LedgerEvent(int(at) + 1, EventKind.AWARDED, day(at), day(at), day(at), day(at + 90), "c", is_provisional=is_provisional)


def entry(kind: EventKind, at: float) -> LedgerEvent:
    return LedgerEvent(int(at) + 1, kind, day(at), day(at))


@pytest.mark.parametrize(
    ("ledger", "at", "is_provisional"),
    [
        ([award(0)], 5, False),
        ([award(0, is_provisional=True)], 5, True),
        ([award(0, is_provisional=True), entry(EventKind.SIGNED_OFF, 4), entry(EventKind.EXTENDED, 5)], 6, True),
        ([award(0, is_provisional=True), entry(EventKind.PROMOTED, 4)], 3, True),
        ([award(0, is_provisional=True), entry(EventKind.PROMOTED, 4)], 4, False),
    ],
)
def test_the_holder_works_in_shadow_until_they_are_promoted(ledger: list[LedgerEvent], at: float, is_provisional: bool) -> None:
    found = standing(ledger, at=day(at))
    assert (found.is_in_force, found.is_provisional) == (True, is_provisional)


@pytest.mark.parametrize(
    ("ledger", "nests"),
    [([], True), ([award(0, is_provisional=True)], True), ([award(0)], False), ([award(0, is_provisional=True), entry(EventKind.PROMOTED, 4)], False)],
)
def test_an_award_is_provisional_until_the_certificate_was_once_held_in_full(ledger: list[LedgerEvent], nests: bool) -> None:
    assert will_nest(ledger) is nests
