"""Blind labels that colleagues give one case, one call after another, until they suffice. Pure.

What they say is judged by the rules of calibration sessions: as many labellers, the same majority, the same agreement.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.cases.rules import Severity
from training.judgements.rules import CaseAnswer, Reference, score
from training.quality.rules.calibration import (
    Agreement,
    Consensus,
    ConsensusRefusal,
    Footing,
    Spread,
    consensus_of,
    consensus_refusal,
    labellers_needed,
    spread_of,
)

MOST_ASKED = 50
ALPHA_DAYS = 365
"""For how long labels of other cases of an area say how far its labellers agree."""
OCCASION = "panel:"


class PanelRefusal(StrEnum):
    """Why colleagues are not asked to label a case blind, or a label is not taken."""

    NOBODY = "labels_asked_of_nobody"
    TOO_MANY = "labels_asked_of_too_many"
    NOT_A_COLLEAGUE = "labels_asked_of_others"
    IS_INFORMED = "labels_asked_of_the_informed"
    OPEN_ALREADY = "labels_asked_already"
    CLOSED = "labels_wanted_no_more"
    KNOWS = "label_of_the_informed"


class PanelState(StrEnum):
    """What the blind labels of a case come to."""

    TOO_FEW = "too_few"
    UNDECIDED = "undecided"
    """Enough labels, and no more than half say the same, or the labellers of the area agree too little."""
    AGREES = "agrees"
    DIFFERS = "differs"
    """More than half say something else than the expert."""


@dataclass(frozen=True, slots=True)
class PanelFound:
    """What the blind labels of a case come to, beside what the expert says."""

    state: PanelState
    needed: int
    spread: Spread
    consensus: Consensus | None
    agreement: Agreement
    """Of the labellers of its area, over all cases that they labelled blind within a year, this one with them: of a single case α says nothing."""

    @property
    def count(self) -> int:
        """How many labelled it."""
        return self.spread.labeller_count

    @property
    def suffices(self) -> bool:
        """Whether nobody else has to label it: enough did, and more than half of them say the same."""
        return self.state in {PanelState.AGREES, PanelState.DIFFERS}

    @property
    def is_told(self) -> bool:
        """Whether it may be shown what they said: not while labels are missing, lest what comes is waited for."""
        return self.state is not PanelState.TOO_FEW


def lack_of(answers: Sequence[CaseAnswer], severity: Severity | None, agreement: Agreement) -> ConsensusRefusal | None:
    """What is missing before these blind labels suffice, or nothing. The case is S4 where the expert (`severity`) or any of them says so."""
    severities = {severity, *(answer.severity for answer in answers)}
    alpha = agreement.alpha.point if agreement.alpha and agreement.is_certain else None
    return consensus_refusal(Footing(consensus_of(answers), len(answers), Severity.S4 in severities, alpha, is_discussed=True, is_practised=True))


def panel_found(answers: Sequence[CaseAnswer], reference: Reference, areas: Mapping[str, str], *, agreement: Agreement) -> PanelFound:
    """What these blind labels come to; `areas` names the area of each label."""
    needed = labellers_needed({reference.severity, *(answer.severity for answer in answers)})
    consensus = consensus_of(answers)
    state = _state(lack_of(answers, reference.severity, agreement), consensus, reference, areas)
    return PanelFound(state, needed, spread_of(answers), consensus, agreement)


def _state(refusal: ConsensusRefusal | None, consensus: Consensus | None, reference: Reference, areas: Mapping[str, str]) -> PanelState:
    if refusal in {ConsensusRefusal.TOO_FEW, ConsensusRefusal.TOO_FEW_FOR_SEVERE}:
        return PanelState.TOO_FEW
    if refusal is not None or consensus is None:
        return PanelState.UNDECIDED
    return PanelState.AGREES if score(consensus.answer, reference, areas).strict else PanelState.DIFFERS


def asking_refusal(asked: Collection[int], *, colleagues: Collection[int], informed: Collection[int], is_open_call: bool) -> PanelRefusal | None:
    """Why these people are not asked; `colleagues` are those who may label, `informed` those who know what the expert says."""
    if not asked and not is_open_call:
        return PanelRefusal.NOBODY
    if len(asked) > MOST_ASKED:
        return PanelRefusal.TOO_MANY
    if set(asked) - set(colleagues):
        return PanelRefusal.NOT_A_COLLEAGUE
    return PanelRefusal.IS_INFORMED if set(asked) & set(informed) else None


def panel_occasion(panel_id: int) -> str:
    """The occasion of a label given on a call: one judgement of each person and case."""
    return f"{OCCASION}{panel_id}"
