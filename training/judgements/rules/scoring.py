"""How one labelled answer to one case is scored.

The components are scored in [0, 1] and kept unrounded; none of them makes up for the decision. Pass decisions,
readiness and agreement use the strict outcome alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from training.cases.rules import Action, EscalationTarget, Extent, Intent, Mark, Outcome, RiskReport, Severity, acts, is_grey
from training.judgements.rules.evidence import evidence_score


class Source(StrEnum):
    """Where a judgement was given."""

    PRACTICE = "practice"
    EXAM = "exam"
    CALIBRATION = "calibration"
    AUDIT = "audit"


class ErrorKind(StrEnum):
    """How a judgement can be wrong, in the words of the trade. Positive means that the reference says act."""

    FALSE_POSITIVE = "false_positive"
    FALSE_NEGATIVE = "false_negative"
    WRONG_SELECTION = "wrong_selection"


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """What a person said of a case. What was left blank is empty or None."""

    actions: frozenset[Action] = frozenset()
    labels: tuple[str, ...] = ()
    """Codes, the primary one first."""
    severity: Severity | None = None
    escalate_to: EscalationTarget | None = None
    evidence: tuple[Mark, ...] = ()
    seconds: float | None = None
    intent: Intent | None = None
    macro: str | None = None
    reply: str | None = None
    risk: RiskReport | None = None
    """These four are kept where a ticket asks for them, and never scored."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What the expert said of it, and how far its texts, its recording and its pictures reach."""

    decisions: tuple[frozenset[Action], ...]
    """Accepted sets of actions, the preferred one first."""
    labels: tuple[str, ...]
    severity: Severity | None
    escalate_to: EscalationTarget | None = None
    must_escalate: bool = False
    evidence: tuple[Mark, ...] = ()
    extents: Mapping[str, Extent] = field(default_factory=dict)
    """How far each field reaches that evidence can lie in; evidence outside is cut off."""
    credits: Mapping[frozenset[Action], float] = field(default_factory=dict)
    """What decisions that are not accepted are worth all the same."""

    @property
    def is_critical(self) -> bool:
        """Whether missing it is a critical miss."""
        return self.severity is Severity.S4


@dataclass(frozen=True, slots=True)
class Scores:
    """How far an answer agrees with a reference."""

    decision: float
    labels: float
    severity: float | None
    """None where the reference says no severity."""
    evidence: float
    escalation: float
    strict: bool
    critical_miss: bool
    error: ErrorKind | None


def score(answer: CaseAnswer, reference: Reference, areas: Mapping[str, str]) -> Scores:
    """Score an answer. `areas` names the area of each label: what the hierarchical measure climbs to."""
    decision = decision_score(answer.actions, reference)
    escalation = 1.0 if answer.escalate_to == reference.escalate_to else 0.0
    strict = decision == 1 and _is_primary_right(answer, reference) and escalation == 1
    return Scores(
        decision=decision,
        labels=hierarchical_f(answer.labels, reference.labels, areas),
        severity=severity_score(answer.severity, reference.severity),
        evidence=evidence_score(answer.evidence, reference.evidence, reference.extents),
        escalation=escalation,
        strict=strict,
        critical_miss=is_critical_miss(answer, reference),
        error=None if strict else error_kind(answer.actions, reference.decisions[0]),
    )


def _is_primary_right(answer: CaseAnswer, reference: Reference) -> bool:
    """Whether the label that decides is right. Where a grey case may also be left alone, whoever leaves it alone may say that nothing is wrong."""
    if answer.labels[:1] == reference.labels[:1]:
        return True
    return answer.labels[:1] == (Outcome.NO_VIOLATION,) and acts(answer.actions) is False and is_grey(reference.decisions)


def decision_score(actions: Iterable[Action], reference: Reference) -> float:
    """1 if accepted, else the credit the author gave, else 0. Blank is 0.

    ESCALATE beside other actions says nothing that the target does not: sets are compared without it.
    """
    chosen = _essence(actions)
    if not chosen:
        return 0.0
    if chosen in {_essence(accepted) for accepted in reference.decisions}:
        return 1.0
    return {_essence(partial): credit for partial, credit in reference.credits.items()}.get(chosen, 0.0)


def _essence(actions: Iterable[Action]) -> frozenset[Action]:
    chosen = frozenset(actions)
    return chosen - {Action.ESCALATE} or chosen


def hierarchical_f(answer: Iterable[str], reference: Iterable[str], areas: Mapping[str, str]) -> float:
    """Hierarchical F of two label sets, each closed over its labels' areas, without the root (Kiritchenko et al. 2005).

    Both empty is 1, one empty is 0.
    """
    chosen, gold = _closure(answer, areas), _closure(reference, areas)
    if not chosen or not gold:
        return 1.0 if chosen == gold else 0.0
    shared = len(chosen & gold)
    precision, recall = shared / len(chosen), shared / len(gold)
    return 2 * precision * recall / (precision + recall) if shared else 0.0


def _closure(labels: Iterable[str], areas: Mapping[str, str]) -> frozenset[str]:
    given = frozenset(labels)
    return given | {areas[label] for label in given if label in areas}


def severity_score(answer: Severity | None, reference: Severity | None) -> float | None:
    """1 − ((a − g) / 4)². Not scored where the reference says none; no answer is 0."""
    if reference is None:
        return None
    if answer is None:
        return 0.0
    return 1 - ((answer.level - reference.level) / 4) ** 2


def is_critical_miss(answer: CaseAnswer, reference: Reference) -> bool:
    """Whether the reference is S4 and the answer does not act, or lacks the escalation that is required."""
    if not reference.is_critical:
        return False
    return not acts(answer.actions) or (reference.must_escalate and answer.escalate_to != reference.escalate_to)


def error_kind(actions: Iterable[Action], preferred: Iterable[Action]) -> ErrorKind:
    """Which error an answer that is not right makes. Deferring is neither acting nor letting be: a wrong selection."""
    match acts(actions), acts(preferred):
        case True, False:
            return ErrorKind.FALSE_POSITIVE
        case False, True:
            return ErrorKind.FALSE_NEGATIVE
        case _:
            return ErrorKind.WRONG_SELECTION
