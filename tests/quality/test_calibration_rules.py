"""How far a panel agrees, what most of it says, and when that becomes a reference."""

from dataclasses import replace

import pytest

from training.cases.rules import Action, EscalationTarget, Severity
from training.judgements.rules import CaseAnswer, Scale, krippendorffs_alpha, krippendorffs_alpha_interval
from training.quality.rules.calibration import (
    Consensus,
    ConsensusRefusal,
    Footing,
    Measure,
    agreement,
    agreement_said,
    agreement_written,
    consensus_of,
    consensus_refusal,
    occasion_of,
    round_of,
    rounds_of,
    spread_of,
    whole_of,
)

REMOVE = CaseAnswer(actions=frozenset({Action.REMOVE}), labels=("PRO-03",), severity=Severity.S3)
SEVERE = replace(REMOVE, severity=Severity.S4)
APPROVE = CaseAnswer(actions=frozenset({Action.APPROVE}), labels=("OUT-00",), severity=Severity.S0)
ESCALATED = replace(REMOVE, actions=frozenset({Action.REMOVE, Action.ESCALATE}), escalate_to=EscalationTarget.LEGAL)


def test_severity_and_evidence_do_not_decide_and_escalating_counts_once() -> None:
    assert whole_of(REMOVE) == whole_of(SEVERE) != whole_of(APPROVE)
    assert whole_of(ESCALATED) == whole_of(replace(ESCALATED, actions=frozenset({Action.REMOVE}))) != whole_of(REMOVE)


def test_agreement_is_of_cases_with_two_labels_and_survives_being_written() -> None:
    cases = [[REMOVE, REMOVE, SEVERE], [APPROVE, REMOVE, APPROVE], [APPROVE], []]
    found = agreement(Measure.WHOLE, cases)
    assert (found.case_count, found.pairwise, found.is_certain) == (2, pytest.approx(4 / 6), False)
    assert found.alpha is not None and found.alpha.low <= found.alpha.point <= found.alpha.high
    assert agreement_said(agreement_written(found)) == found
    assert agreement(Measure.SEVERITY, cases).alpha != found.alpha


def test_nothing_is_said_of_agreement_where_nothing_varies_or_nothing_is_compared() -> None:
    assert agreement(Measure.WHOLE, [[REMOVE, REMOVE], [REMOVE, REMOVE]]).alpha is None
    nothing = agreement(Measure.WHOLE, [[REMOVE]])
    assert (nothing.alpha, nothing.pairwise, nothing.case_count) == (None, None, 0)
    assert agreement_said(agreement_written(nothing)) == nothing


def test_the_limits_of_alpha_hold_it_between_them_are_always_the_same_and_narrow_with_more_units() -> None:
    few = [["a", "a", "b"], ["b", "b", "b"], ["a", "a", "a"], ["a", "b", "b"]]
    first, again, more = (krippendorffs_alpha_interval(units) for units in (few, few, few * 25))
    assert first is not None and more is not None and first == again
    assert first.point == krippendorffs_alpha(few) and first.low <= first.point <= first.high
    assert more.high - more.low < first.high - first.low
    assert krippendorffs_alpha_interval([["a", "a"]], scale=Scale.ORDINAL) is None


def test_the_spread_counts_what_was_said_the_most_frequent_first() -> None:
    found = spread_of([REMOVE, SEVERE, APPROVE, ESCALATED])
    assert found.decisions == (("REMOVE", 2), ("APPROVE", 1), ("REMOVE+ESCALATE", 1))
    assert found.labels == (("PRO-03", 3), ("OUT-00", 1))
    assert found.severities == (("S0", 1), ("S3", 2), ("S4", 1))
    assert found.escalations == (("", 3), ("LEGAL", 1))
    assert found.pairwise == pytest.approx(1 / 6)
    assert spread_of([]).pairwise is None


def test_a_consensus_is_what_more_than_half_say_with_the_severity_that_most_of_them_give() -> None:
    assert consensus_of([REMOVE, SEVERE, SEVERE, APPROVE]) == Consensus(SEVERE, 4, 3)
    assert consensus_of([REMOVE, APPROVE]) is None
    assert consensus_of([]) is None


SOUND = Footing(Consensus(APPROVE, 3, 3), 3, is_severe=False, alpha=0.7, is_discussed=True, is_practised=True)


@pytest.mark.parametrize(
    ("footing", "refusal"),
    [
        (SOUND, None),
        (replace(SOUND, alpha=None), None),
        (replace(SOUND, is_practised=False), ConsensusRefusal.CASE_GONE),
        (replace(SOUND, labeller_count=2), ConsensusRefusal.TOO_FEW),
        (replace(SOUND, is_severe=True, labeller_count=4), ConsensusRefusal.TOO_FEW_FOR_SEVERE),
        (replace(SOUND, is_severe=True, labeller_count=5), None),
        (replace(SOUND, consensus=None), ConsensusRefusal.NO_MAJORITY),
        (replace(SOUND, alpha=0.66), ConsensusRefusal.DISAGREE),
        (replace(SOUND, is_discussed=False), ConsensusRefusal.NOT_DISCUSSED),
    ],
)
def test_what_a_panel_says_becomes_a_reference_where_enough_say_it_blind_and_it_was_discussed(footing: Footing, refusal: ConsensusRefusal | None) -> None:
    assert consensus_refusal(footing) is refusal


def test_an_occasion_names_session_and_round() -> None:
    assert round_of(occasion_of(12, 2)) == (12, 2)
    assert occasion_of(12, 2).startswith(rounds_of(12)) and not occasion_of(12, 2).startswith(rounds_of(1))
