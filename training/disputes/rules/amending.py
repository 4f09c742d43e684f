"""The reference that follows from a dispute: what the reviewers say of the case, in the words of its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.cases.rules import Action, EscalationTarget, Mark, Region, Severity, TextPiece, quote_span
from training.cases.rules import Outcome as Label
from training.disputes.rules.reviews import Outcome, Vote, agreed_place, split_of
from training.judgements.rules import CaseAnswer, Reference


class CarryingRefusal(StrEnum):
    """Why what was decided is not carried out."""

    NOTHING_TO_CARRY = "carrying_of_nothing"
    CHANGED_SINCE = "carrying_of_what_has_changed"
    CLAIMED = "carrying_by_who_claims"
    LIST_CHANGED = "carrying_list_changed"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a carrying out would stand on."""

    outcome: Outcome | None
    is_current: bool
    """Whether the case still has the reference that was disputed."""
    has_claimed: bool
    """Whether whoever carries it out claims it themselves, or brought what a panel came to."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """What decides in the next version of a reference."""

    decisions: tuple[frozenset[Action], ...]
    labels: tuple[str, ...]
    severity: Severity | None
    escalate_to: EscalationTarget | None
    must_escalate: bool
    credits: tuple[tuple[frozenset[Action], float], ...] = ()
    evidence: tuple[Mark, ...] = ()


def carrying_refusal(ground: Ground) -> CarryingRefusal | None:
    """Why this is not carried out by this person, or nothing."""
    if ground.outcome not in {Outcome.AMENDED, Outcome.GREY}:
        return CarryingRefusal.NOTHING_TO_CARRY
    if not ground.is_current:
        return CarryingRefusal.CHANGED_SINCE
    return CarryingRefusal.CLAIMED if ground.has_claimed else None


def amendment(outcome: Outcome, reference: Reference, votes: Sequence[Vote], answers: Sequence[CaseAnswer]) -> Amendment:
    """What follows from these reviews, `votes` and `answers` in the same order. Raises ValueError where they uphold the reference.

    Amended: the first of the two that say the same. Grey: what the reference says, or the first review that sees a violation where it saw none,
    with the decisions that most accept. An escalation stays required where it was, to whomever the reviewers say. Where nothing is wrong, nothing shows it.
    """
    if outcome is Outcome.AMENDED:
        return amended_to(answers[agreed_place(votes)], reference)
    if outcome is Outcome.GREY:
        return _grey(reference, answers)
    raise ValueError("an upheld reference stays as it is")


def amended_to(said: CaseAnswer, reference: Reference) -> Amendment:
    """What follows where this answer is right instead of what the reference says."""
    return Amendment(
        decisions=(said.actions,),
        labels=said.labels,
        severity=said.severity,
        escalate_to=said.escalate_to,
        must_escalate=reference.must_escalate and said.escalate_to is not None,
        evidence=() if said.labels[0] == Label.NO_VIOLATION else said.evidence,
    )


def _grey(reference: Reference, answers: Sequence[CaseAnswer]) -> Amendment:
    split = split_of(answers)
    basis: Reference | CaseAnswer = reference
    if reference.labels[0] == Label.NO_VIOLATION:
        basis = next(answer for answer in answers if answer.labels[0] != Label.NO_VIOLATION)
    return Amendment(
        decisions=split.decisions,
        labels=basis.labels,
        severity=basis.severity,
        escalate_to=basis.escalate_to or _first_target(split.decisions, answers),
        must_escalate=isinstance(basis, Reference) and basis.must_escalate,
        credits=split.credits,
        evidence=basis.evidence,
    )


def _first_target(decisions: Sequence[frozenset[Action]], answers: Sequence[CaseAnswer]) -> EscalationTarget | None:
    """To whom, where a decision that is accepted escalates: the first review that says it."""
    if not any(Action.ESCALATE in actions for actions in decisions):
        return None
    return next((answer.escalate_to for answer in answers if answer.escalate_to is not None), None)


def reference_words(amended: Amendment, *, clauses: Sequence[str], rationale: str, pieces: Sequence[TextPiece]) -> dict[str, Any]:
    """The next reference as a case's document says it. Words that occur more than once cannot be quoted, and are left out."""
    return {
        "decisions": [_in_order(actions) for actions in amended.decisions],
        "labels": list(amended.labels),
        "severity": amended.severity.value if amended.severity else None,
        "escalate_to": amended.escalate_to.value if amended.escalate_to else None,
        "must_escalate": amended.must_escalate,
        "evidence": [said for mark in amended.evidence if (said := _evidence(mark, pieces)) is not None],
        "clauses": list(clauses),
        "rationale": rationale,
        "partial_credits": [{"actions": _in_order(actions), "credit": credit} for actions, credit in amended.credits],
    }


def _in_order(actions: frozenset[Action]) -> list[str]:
    return [action.value for action in Action if action in actions]


def _evidence(mark: Mark, pieces: Sequence[TextPiece]) -> dict[str, Any] | None:
    """A mark as a document says it: a box, a stretch of the recording, or the quote."""
    if isinstance(mark, Region):
        return {"field": mark.field, "x": mark.x, "y": mark.y, "width": mark.width, "height": mark.height}
    if mark.is_time:
        return {"field": mark.field, "start": mark.start, "end": mark.end}
    words = next((piece.text for piece in pieces if piece.path == mark.field), "")[int(mark.start) : int(mark.end)]
    return {"field": mark.field, "quote": words} if quote_span(pieces, quote=words, field=mark.field) is not None else None
