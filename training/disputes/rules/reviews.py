"""Blind reviews: who may give one, what they say of the reference, and what they come to together."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.cases.rules import Action, EscalationTarget, Severity
from training.cases.rules import Outcome as Label
from training.judgements.rules import CaseAnswer

ENOUGH = 2
"""Reviews that say the same decide."""
MOST = 3
"""Reviews of a dispute: a third is given where two disagree, and decides whatever it says."""


class Outcome(StrEnum):
    """What a dispute comes to."""

    UPHELD = "upheld"
    """The reference stands."""
    AMENDED = "amended"
    """The reviewers agree on another one."""
    GREY = "grey"
    """They split: several decisions are accepted, so that the case is practised and never examined; a question is drawn no more until it is ruled on."""


class ReviewRefusal(StrEnum):
    """Why somebody's review is not taken."""

    CLAIMED = "review_by_who_claims"
    SET_IT = "review_by_who_set_it"
    KNOWS_IT = "review_by_who_knows_it"
    REVIEWED_ALREADY = "reviewed_already"
    WITHHELD = "review_of_what_they_are_not_shown"
    NOT_NEEDED = "review_not_needed"


class PanelRefusal(StrEnum):
    """Why what a panel came to is not taken."""

    SETTLED = "panel_about_what_is_settled"
    UNDER_REVIEW = "panel_about_what_is_reviewed"
    CHANGED_SINCE = "panel_about_what_has_changed"
    AS_BEFORE = "panel_says_what_the_reference_says"


class UnsoundReason(StrEnum):
    """Why an answer cannot become a reference."""

    APPROVED_VIOLATION = "review_innocent_and_acted_on"
    HARMLESS_VIOLATION = "review_violation_without_severity"
    BLANK = "review_without_an_answer"


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a trainer to a dispute."""

    has_claimed: bool = False
    has_set_it: bool = False
    """Whether they wrote the case or the question, or reviewed or amended its key."""
    knows_it: bool = False
    """Whether they answered the case and were told the reference, had the question in an exam, or have seen its key."""
    has_reviewed: bool = False
    is_withheld: bool = False
    """Whether it is about material of a kind that they do not agree to see."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one review says: whether it is right by the reference, and the answer as far as it decides that."""

    is_reference: bool
    said: Hashable


@dataclass(frozen=True, slots=True)
class Said:
    """An answer to a case, as far as it decides whether it is right. ESCALATE beside other actions says nothing that the target does not."""

    actions: frozenset[Action]
    primary_label: str | None
    escalate_to: EscalationTarget | None


@dataclass(frozen=True, slots=True)
class Split:
    """What a grey case accepts: the sets of actions with the most votes, and the credit of the others, votes ÷ most votes."""

    decisions: tuple[frozenset[Action], ...]
    credits: tuple[tuple[frozenset[Action], float], ...]


def review_refusal(tie: Tie, *, is_wanted: bool) -> ReviewRefusal | None:
    """Why this trainer does not review this dispute, or nothing. Who has had a hand in it, or has seen the reference, is not blind."""
    if tie.has_reviewed:
        return ReviewRefusal.REVIEWED_ALREADY
    if tie.has_claimed:
        return ReviewRefusal.CLAIMED
    if tie.has_set_it:
        return ReviewRefusal.SET_IT
    if tie.knows_it:
        return ReviewRefusal.KNOWS_IT
    if tie.is_withheld:
        return ReviewRefusal.WITHHELD
    return None if is_wanted else ReviewRefusal.NOT_NEEDED


def said_in(answer: CaseAnswer) -> Said:
    """What of this answer decides."""
    return Said(answer.actions - {Action.ESCALATE} or answer.actions, answer.labels[0] if answer.labels else None, answer.escalate_to)


def unsound_reason(answer: CaseAnswer) -> UnsoundReason | None:
    """Why this answer cannot become a reference, or nothing."""
    primary = answer.labels[0] if answer.labels else ""
    if primary == Label.NO_VIOLATION:
        is_innocent = answer.actions == {Action.APPROVE} and len(answer.labels) == 1 and answer.severity is Severity.S0 and answer.escalate_to is None
        return None if is_innocent else UnsoundReason.APPROVED_VIOLATION
    if Label.NO_VIOLATION in answer.labels:
        return UnsoundReason.APPROVED_VIOLATION
    is_harmless = not primary.startswith("OUT-") and answer.severity in (None, Severity.S0)
    return UnsoundReason.HARMLESS_VIOLATION if is_harmless else None


def outcome_of(votes: Sequence[Vote]) -> Outcome | None:
    """What these reviews come to, in their order; nothing while one more is needed.

    Two that are right by the reference uphold it, two that say the same otherwise amend it; three that do neither split.
    """
    if sum(vote.is_reference for vote in votes) >= ENOUGH:
        return Outcome.UPHELD
    others = Counter(vote.said for vote in votes if not vote.is_reference)
    if max(others.values(), default=0) >= ENOUGH:
        return Outcome.AMENDED
    return Outcome.GREY if len(votes) >= MOST else None


def agreed_place(votes: Sequence[Vote]) -> int:
    """Which review, in their order, was the first to say what amends the reference. Raises ValueError where nothing does."""
    others = Counter(vote.said for vote in votes if not vote.is_reference)
    for place, vote in enumerate(votes):
        if not vote.is_reference and others[vote.said] >= ENOUGH:
            return place
    raise ValueError("no two of them amend it alike")


def split_of(answers: Sequence[CaseAnswer]) -> Split:
    """What a case accepts whose reviewers split (MEASUREMENT §1: credit for option k = votes_k / max votes), in the order of the reviews."""
    votes = Counter(said_in(answer).actions for answer in answers)
    most = max(votes.values())
    return Split(
        decisions=tuple(actions for actions, count in votes.items() if count == most),
        credits=tuple((actions, count / most) for actions, count in votes.items() if count < most),
    )
