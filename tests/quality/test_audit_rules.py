"""When a live decision is wrong, and how."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from training.cases.rules import Action
from training.quality.rules import Audited, AuditError, AuditOutcome, Sampling, Verdict, error_of, is_ahead_of_the_clock, outcome_of

NOW = datetime(2026, 6, 1, tzinfo=UTC)
REMOVE, APPROVE, STRIKE, ESCALATE = Action.REMOVE, Action.APPROVE, Action.STRIKE, Action.ESCALATE


def verdict(expected: list[set[Action]], given: set[Action], **values: object) -> Verdict:
    return Verdict(tuple(map(frozenset, expected)), frozenset(given), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "error"),
    [
        (verdict([{REMOVE}], {REMOVE}), None),
        (verdict([{REMOVE, STRIKE}, {REMOVE}], {REMOVE}), None),
        (verdict([{REMOVE, STRIKE}], {REMOVE}), "wrong_selection"),
        (verdict([{APPROVE}], {REMOVE}), "false_positive"),
        (verdict([{REMOVE}], {APPROVE}), "false_negative"),
        (verdict([{REMOVE}], set()), "false_negative"),
        (verdict([{REMOVE}], {Action.REROUTE}), "wrong_selection"),
        (verdict([{REMOVE, ESCALATE}], {REMOVE}), "wrong_selection"),
        (verdict([{REMOVE}], {APPROVE}, is_technical=True), "technical"),
        (verdict([{REMOVE}], {REMOVE}, is_technical=True), None),
        (verdict([{REMOVE}], {REMOVE}, expected_labels=("PRO-03",), given_labels=("PRO-03", "LST-01")), None),
        (verdict([{REMOVE}], {REMOVE}, expected_labels=("PRO-03",), given_labels=("LST-01", "PRO-03")), "wrong_selection"),
        (verdict([{REMOVE}], {REMOVE}, expected_labels=("PRO-03",)), "wrong_selection"),
        (verdict([{APPROVE}], {APPROVE}, expected_labels=("OUT-00",)), None),
        (verdict([{APPROVE}], {APPROVE}, expected_labels=("OUT-00",), given_labels=("LST-01",)), "wrong_selection"),
        (verdict([{REMOVE}], {REMOVE}, given_labels=("LST-01",)), None),
    ],
)
def test_the_four_errors(found: Verdict, error: str | None) -> None:
    assert error_of(found) == (AuditError(error) if error else None)


def test_the_same_again_is_known_and_anything_else_is_a_correction() -> None:
    audited = Audited("qa-1", 1, "claims", NOW, Sampling.RANDOM, verdict([{REMOVE}], {APPROVE}))
    assert outcome_of(audited, None) is AuditOutcome.NEW
    assert outcome_of(replace(audited, audit_id="qa-2"), audited.payload_hash) is AuditOutcome.UNCHANGED
    others = [
        replace(audited, verdict=verdict([{REMOVE}], {REMOVE})),
        replace(audited, verdict=replace(audited.verdict, is_technical=True)),
        replace(audited, verdict=replace(audited.verdict, expected_labels=("PRO-03",))),
        replace(audited, note="An appeal was upheld."),
        replace(audited, clause="PRO-03.b"),
        replace(audited, language="id"),
    ]
    assert {outcome_of(other, audited.payload_hash) for other in others} == {AuditOutcome.CORRECTED}
    assert len({other.payload_hash for other in others}) == len(others)
    assert {other.decision for other in others} == {audited.decision}


@pytest.mark.parametrize(("ahead", "is_ahead"), [(-1, False), (300, False), (301, True)])
def test_a_clock_may_run_five_minutes_ahead(ahead: int, is_ahead: bool) -> None:
    assert is_ahead_of_the_clock(NOW + timedelta(seconds=ahead), now=NOW) is is_ahead
