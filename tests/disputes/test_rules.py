"""Who may dispute and review, and what reviews come to."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cases.rules import Action, EscalationTarget, Region, Severity, Span, TextPiece
from training.disputes.rules.amending import Amendment, amendment, reference_words
from training.disputes.rules.claims import ClaimRefusal, ClaimState, Ground, claim_refusal, claim_state, may_claim_until, withdrawal_refusal
from training.disputes.rules.reviews import (
    MOST,
    Outcome,
    ReviewRefusal,
    Tie,
    UnsoundReason,
    Vote,
    agreed_place,
    outcome_of,
    review_refusal,
    said_in,
    split_of,
    unsound_reason,
)
from training.judgements.rules import CaseAnswer, Reference

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANSWERED = Ground(answered_at=NOON, is_current=True, is_decided=False, has_claimed=False)
RIGHT, REMOVE, APPROVE, DEMOTE = Vote(True, "reference"), Vote(False, "remove"), Vote(False, "approve"), Vote(False, "demote")


def answer(*actions: Action, label: str = "PRO-03", severity: Severity = Severity.S3, escalate_to: EscalationTarget | None = None) -> CaseAnswer:
    return CaseAnswer(frozenset(actions), (label,), severity, escalate_to)


@pytest.mark.parametrize(
    ("ground", "refusal"),
    [
        (ANSWERED, None),
        (Ground(None, True, False, False), ClaimRefusal.NOT_ANSWERED),
        (Ground(NOON, True, False, True), ClaimRefusal.CLAIMED_ALREADY),
        (Ground(NOON, True, True, False), ClaimRefusal.SETTLED),
        (Ground(NOON, False, True, False), ClaimRefusal.SETTLED),
        (Ground(NOON, False, False, False), ClaimRefusal.CHANGED_SINCE),
        (Ground(NOON, False, True, True), ClaimRefusal.CLAIMED_ALREADY),
    ],
)
def test_whoever_answered_claims_once_about_what_still_counts(ground: Ground, refusal: ClaimRefusal | None) -> None:
    assert claim_refusal(ground, now=NOON) is refusal


def test_there_are_fourteen_days() -> None:
    until = may_claim_until(NOON)
    assert until == NOON + timedelta(days=14)
    assert claim_refusal(ANSWERED, now=until) is None
    assert claim_refusal(ANSWERED, now=until + timedelta(seconds=1)) is ClaimRefusal.TOO_LATE


@pytest.mark.parametrize(
    ("is_withdrawn", "outcome", "review_count", "state", "refusal"),
    [
        (False, None, 0, ClaimState.OPEN, None),
        (False, None, 1, ClaimState.UNDER_REVIEW, None),
        (False, Outcome.UPHELD, 2, ClaimState.UPHELD, ClaimRefusal.DECIDED_ALREADY),
        (False, Outcome.AMENDED, 2, ClaimState.AMENDED, ClaimRefusal.DECIDED_ALREADY),
        (False, Outcome.GREY, 3, ClaimState.GREY, ClaimRefusal.DECIDED_ALREADY),
        (True, None, 1, ClaimState.WITHDRAWN, ClaimRefusal.WITHDRAWN_ALREADY),
        (True, Outcome.AMENDED, 2, ClaimState.WITHDRAWN, ClaimRefusal.WITHDRAWN_ALREADY),
    ],
)
def test_a_claim_stands_where_reviews_have_brought_it_and_is_taken_back_before_that(
    is_withdrawn: bool, outcome: Outcome | None, review_count: int, state: ClaimState, refusal: ClaimRefusal | None
) -> None:
    assert claim_state(is_withdrawn=is_withdrawn, outcome=outcome, review_count=review_count) is state
    assert withdrawal_refusal(state) is refusal


@pytest.mark.parametrize(
    ("tie", "refusal"),
    [
        (Tie(), None),
        (Tie(has_claimed=True), ReviewRefusal.CLAIMED),
        (Tie(has_set_it=True), ReviewRefusal.SET_IT),
        (Tie(knows_it=True), ReviewRefusal.KNOWS_IT),
        (Tie(has_reviewed=True, knows_it=True), ReviewRefusal.REVIEWED_ALREADY),
    ],
)
def test_whoever_has_had_a_hand_in_it_or_seen_it_does_not_review(tie: Tie, refusal: ReviewRefusal | None) -> None:
    assert review_refusal(tie, is_wanted=True) is refusal


def test_nobody_reviews_what_needs_no_review() -> None:
    assert review_refusal(Tie(), is_wanted=False) is ReviewRefusal.NOT_NEEDED


@pytest.mark.parametrize(
    ("votes", "outcome"),
    [
        ([], None),
        ([RIGHT], None),
        ([REMOVE], None),
        ([RIGHT, RIGHT], Outcome.UPHELD),
        ([REMOVE, REMOVE], Outcome.AMENDED),
        ([RIGHT, REMOVE], None),
        ([REMOVE, APPROVE], None),
        ([RIGHT, REMOVE, RIGHT], Outcome.UPHELD),
        ([REMOVE, RIGHT, REMOVE], Outcome.AMENDED),
        ([REMOVE, APPROVE, APPROVE], Outcome.AMENDED),
        ([RIGHT, REMOVE, APPROVE], Outcome.GREY),
        ([DEMOTE, REMOVE, APPROVE], Outcome.GREY),
    ],
)
def test_two_that_agree_decide_and_a_third_is_asked_where_they_do_not(votes: list[Vote], outcome: Outcome | None) -> None:
    assert outcome_of(votes) is outcome


VOTES = st.lists(st.sampled_from([RIGHT, REMOVE, APPROVE, DEMOTE]), max_size=MOST)


@given(VOTES, st.randoms())
def test_the_order_of_reviews_decides_nothing_and_three_always_decide(votes: Sequence[Vote], luck: object) -> None:
    shuffled = list(votes)
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    assert outcome_of(votes) is outcome_of(shuffled)
    assert len(votes) < MOST or outcome_of(votes) is not None


@given(VOTES)
def test_what_amends_a_reference_was_said_twice(votes: Sequence[Vote]) -> None:
    if outcome_of(votes) is Outcome.AMENDED:
        first = votes[agreed_place(votes)]
        assert not first.is_reference
        assert [vote.said for vote in votes].count(first.said) >= 2
    else:
        with pytest.raises(ValueError, match="alike"):
            agreed_place(votes)


def test_escalating_is_said_by_the_target() -> None:
    with_action = answer(Action.REMOVE, Action.ESCALATE, escalate_to=EscalationTarget.RISK)
    assert said_in(with_action) == said_in(answer(Action.REMOVE, escalate_to=EscalationTarget.RISK))
    assert said_in(with_action) != said_in(answer(Action.REMOVE))
    assert said_in(answer(Action.ESCALATE, escalate_to=EscalationTarget.RISK)).actions == {Action.ESCALATE}


@pytest.mark.parametrize(
    ("given_answer", "reason"),
    [
        (answer(Action.REMOVE), None),
        (answer(Action.APPROVE, label="OUT-00", severity=Severity.S0), None),
        (answer(Action.REQUEST_INFO, label="OUT-01", severity=Severity.S0), None),
        (answer(Action.REMOVE, label="OUT-00", severity=Severity.S0), UnsoundReason.APPROVED_VIOLATION),
        (answer(Action.APPROVE, label="OUT-00", severity=Severity.S2), UnsoundReason.APPROVED_VIOLATION),
        (CaseAnswer(frozenset({Action.REMOVE}), ("PRO-03", "OUT-00"), Severity.S3), UnsoundReason.APPROVED_VIOLATION),
        (answer(Action.REMOVE, severity=Severity.S0), UnsoundReason.HARMLESS_VIOLATION),
    ],
)
def test_a_review_says_what_could_be_a_reference(given_answer: CaseAnswer, reason: UnsoundReason | None) -> None:
    assert unsound_reason(given_answer) is reason


def test_a_split_accepts_what_most_said_and_credits_the_rest() -> None:
    one_each = split_of([answer(Action.REMOVE), answer(Action.DEMOTE), answer(Action.APPROVE)])
    assert one_each.decisions == (frozenset({Action.REMOVE}), frozenset({Action.DEMOTE}), frozenset({Action.APPROVE}))
    assert one_each.credits == ()
    labels_differ = split_of([answer(Action.REMOVE), answer(Action.APPROVE, label="OUT-00"), answer(Action.REMOVE, label="CLM-01")])
    assert labels_differ.decisions == (frozenset({Action.REMOVE}),)
    assert labels_differ.credits == ((frozenset({Action.APPROVE}), 0.5),)


def test_evidence_is_said_as_documents_say_it() -> None:
    marks = (Span("title", 0, 4), Span("title", 9, 11), Span("recording", 1.5, 4), Region("images.0", 10, 20, 30, 40))
    amended = Amendment((frozenset({Action.STRIKE, Action.REMOVE}),), ("PRO-03",), Severity.S3, None, must_escalate=False, evidence=marks)
    said = reference_words(amended, clauses=["PRO-03.a"], rationale="So.", pieces=[TextPiece("title", "Jamu and and")])
    assert said["decisions"] == [["REMOVE", "STRIKE"]]
    assert said["evidence"] == [
        {"field": "title", "quote": "Jamu"},
        {"field": "recording", "start": 1.5, "end": 4},
        {"field": "images.0", "x": 10, "y": 20, "width": 30, "height": 40},
    ]


@pytest.mark.parametrize("must_escalate", [True, False])
def test_an_escalation_stays_required_where_it_was(must_escalate: bool) -> None:
    before = Reference((frozenset({Action.REMOVE}),), ("PRO-03",), Severity.S4, EscalationTarget.RISK, must_escalate=must_escalate)
    said = answer(Action.REMOVE, label="PRO-01", escalate_to=EscalationTarget.LEGAL)
    assert amendment(Outcome.AMENDED, before, [REMOVE, REMOVE], [said, said]).must_escalate is must_escalate
    nobody = answer(Action.DEMOTE)
    assert not amendment(Outcome.AMENDED, before, [REMOVE, REMOVE], [nobody, nobody]).must_escalate


def test_a_grey_case_that_escalates_says_to_whom() -> None:
    before = Reference((frozenset({Action.REMOVE}),), ("PRO-03",), Severity.S3)
    answers = [answer(Action.APPROVE, label="OUT-00"), answer(Action.ESCALATE, escalate_to=EscalationTarget.RISK), answer(Action.DEMOTE)]
    grey = amendment(Outcome.GREY, before, [APPROVE, REMOVE, DEMOTE], answers)
    assert (grey.labels, grey.escalate_to) == (("PRO-03",), EscalationTarget.RISK)


def test_what_is_upheld_is_not_amended() -> None:
    with pytest.raises(ValueError, match="stays as it is"):
        amendment(Outcome.UPHELD, Reference((frozenset({Action.REMOVE}),), ("PRO-03",), Severity.S3), [RIGHT, RIGHT], [])


def test_where_nothing_is_wrong_nothing_shows_it() -> None:
    before = Reference((frozenset({Action.REMOVE}),), ("PRO-03",), Severity.S3)
    said = CaseAnswer(frozenset({Action.APPROVE}), ("OUT-00",), Severity.S0, evidence=(Span("title", 0, 4),))
    assert amendment(Outcome.AMENDED, before, [APPROVE, APPROVE], [said, said]).evidence == ()
