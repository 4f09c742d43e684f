"""What is practised, and what a session of it is called."""

import pytest

from training.practice.rules import DAILY, Limits, Purpose, PurposeKind, purpose_of

PURPOSES = [
    (DAILY, "all"),
    (Purpose(PurposeKind.AREA, ("PRO", "IPR", "PRO")), "areas:IPR+PRO"),
    (Purpose(PurposeKind.DRILL, ("listing",)), "surface:listing"),
    (Purpose(PurposeKind.REMEDIAL, ("FRD",)), "remedial:FRD"),
    (Purpose(PurposeKind.DELTA, ("PRO-03.b", "CLM")), "delta:CLM+PRO-03.b"),
    (Purpose(PurposeKind.SET, ("12",)), "set:12"),
    (Purpose(PurposeKind.CHECK, ("check-one",)), "check:check-one"),
    (Purpose(PurposeKind.NEAR_MISS, ("case-a",)), "near-miss:case-a"),
]


@pytest.mark.parametrize(("purpose", "scope"), PURPOSES)
def test_a_purpose_names_its_sessions_and_is_read_from_the_name(purpose: Purpose, scope: str) -> None:
    assert purpose.scope == scope
    assert purpose_of(scope).kind is purpose.kind
    assert set(purpose_of(scope).names) == set(purpose.names)


@pytest.mark.parametrize(
    ("limits", "held"),
    [
        (Limits(), True),
        (Limits(frozenset({"PRO"})), True),
        (Limits(frozenset({"PRO-03.a"})), True),
        (Limits(frozenset({"PRO-03.b", "CLM"})), False),
        (Limits(surface="listing"), True),
        (Limits(surface="video"), False),
    ],
)
def test_limits_hold_areas_clauses_and_a_surface(limits: Limits, held: bool) -> None:
    assert limits.hold(concept="PRO-03.a", area="PRO", surface="listing") is held


def test_only_what_a_purpose_names_limits_it() -> None:
    assert DAILY.limits == Limits()
    assert Purpose(PurposeKind.DRILL, ("live",)).limits == Limits(surface="live")
    assert Purpose(PurposeKind.DELTA, ("PRO-03.b", "CLM")).limits == Limits(frozenset({"PRO-03.b", "CLM"}))
    assert Purpose(PurposeKind.SET, ("12",)).limits == Limits()
