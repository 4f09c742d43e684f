"""Calibration: several people label the same cases blind, then compare what they said. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from training.cases.rules import Severity
from training.disputes.rules.reviews import Said, said_in
from training.judgements.rules import CaseAnswer, Interval, Scale, decision_key, krippendorffs_alpha_interval, pairwise_agreement

FEWEST_PEOPLE = 2
MOST_PEOPLE = 50
MOST_CASES = 30
MOST_ROUNDS = 2
FEWEST_CASES_TO_JUDGE = 10
"""Below this many cases with two labels α is shown, and called too uncertain to judge by."""
GOOD_ALPHA, TENTATIVE_ALPHA = 0.80, 0.667
"""MEASUREMENT.md, section 7: from the first on a panel agrees well enough for any use, below the second the wording is mended first."""
FEWEST_LABELLERS, FEWEST_FOR_SEVERE = 3, 5
"""How many who did not know the reference must have labelled a case before what they say becomes one: the second for S4."""


class CalibrationState(StrEnum):
    """Where a session stands."""

    LABELLING = "labelling"
    REVEALED = "revealed"
    CLOSED = "closed"


class CalibrationRefusal(StrEnum):
    """Why something is not done in a session."""

    TOO_FEW_PEOPLE = "calibration_too_few_people"
    TOO_MANY_PEOPLE = "calibration_too_many_people"
    FACILITATES = "calibration_of_own_session"
    LABELS_HERE = "calibration_run_by_who_labels"
    NO_CASES = "calibration_without_cases"
    CASE_UNKNOWN = "calibration_case_unknown"
    NOT_LABELLING = "calibration_not_labelling"
    HAS_LEFT = "calibration_left"
    TOO_LATE_TO_JOIN = "calibration_joined_too_late"
    TOO_FEW_LABELS = "calibration_too_few_labels"
    NOT_REVEALED = "calibration_not_revealed"
    NO_MORE_ROUNDS = "calibration_no_more_rounds"
    CLOSED_ALREADY = "calibration_closed"
    NOT_CLOSED = "calibration_not_closed"


class ConsensusRefusal(StrEnum):
    """Why what the people of a session said does not become a reference."""

    NOT_COMPARED = "consensus_of_nothing"
    TOO_FEW = "consensus_of_too_few"
    TOO_FEW_FOR_SEVERE = "consensus_of_too_few_for_s4"
    NO_MAJORITY = "consensus_without_majority"
    DISAGREE = "consensus_of_a_panel_that_disagrees"
    NOT_DISCUSSED = "consensus_without_a_note"
    CASE_GONE = "consensus_about_a_case_that_is_gone"


class Measure(StrEnum):
    """What agreement is measured of."""

    WHOLE = "whole"
    """Decision, primary label and escalation together: what makes an answer right."""
    DECISION = "decision"
    LABEL = "label"
    SEVERITY = "severity"


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a panel agrees beyond chance."""

    alpha: Interval | None
    """Krippendorff's; nothing where nothing could be compared, or nothing varied."""
    pairwise: float | None
    """The share of pairs of labels of one case that are the same."""
    case_count: int
    """Cases with at least two labels."""

    @property
    def is_certain(self) -> bool:
        """Whether there are enough cases to judge by."""
        return self.case_count >= FEWEST_CASES_TO_JUDGE


def agreement_written(found: Agreement) -> dict[str, float | int | None]:
    """Agreement as JSON keeps it."""
    limits = (found.alpha.low, found.alpha.point, found.alpha.high) if found.alpha else (None, None, None)
    return {**dict(zip(("low", "alpha", "high"), limits, strict=True)), "pairwise": found.pairwise, "cases": found.case_count}


def agreement_said(written: Mapping[str, Any]) -> Agreement:
    """What such JSON says."""
    alpha = None if written["alpha"] is None else Interval(written["low"], written["alpha"], written["high"])
    return Agreement(alpha, written["pairwise"], written["cases"])


def whole_of(answer: CaseAnswer) -> str:
    """What decides of an answer, as one word."""
    said: Said = said_in(answer)
    return f"{decision_key(said.actions)}|{said.primary_label or ''}|{said.escalate_to or ''}"


def _value(measure: Measure, answer: CaseAnswer) -> str:
    match measure:
        case Measure.WHOLE:
            return whole_of(answer)
        case Measure.DECISION:
            return decision_key(answer.actions)
        case Measure.LABEL:
            return answer.labels[0] if answer.labels else ""
        case Measure.SEVERITY:
            return (answer.severity or Severity.S0).value


def agreement(measure: Measure, cases: Iterable[Sequence[CaseAnswer]]) -> Agreement:
    """How far people agree who gave these answers, case by case. Severities are in an order, all else either is the same or is not."""
    units = [[_value(measure, answer) for answer in answers] for answers in cases if len(answers) >= FEWEST_PEOPLE]
    scale = Scale.ORDINAL if measure is Measure.SEVERITY else Scale.NOMINAL
    return Agreement(krippendorffs_alpha_interval(units, scale=scale), pairwise_agreement(units), len(units))


@dataclass(frozen=True, slots=True)
class Spread:
    """What was said of one case: each thing with how many said it, the most frequent first."""

    labeller_count: int
    decisions: tuple[tuple[str, int], ...]
    """By `decision_key`."""
    labels: tuple[tuple[str, int], ...]
    severities: tuple[tuple[str, int], ...]
    """In their order."""
    escalations: tuple[tuple[str, int], ...]
    """To whom; empty for nobody."""
    pairwise: float | None
    """The share of pairs of answers that are the same in what decides."""


def spread_of(answers: Sequence[CaseAnswer]) -> Spread:
    """The spread of these answers to one case."""
    return Spread(
        labeller_count=len(answers),
        decisions=_counted(decision_key(answer.actions) for answer in answers),
        labels=_counted(answer.labels[0] if answer.labels else "" for answer in answers),
        severities=tuple(sorted(_counted(answer.severity.value if answer.severity else "" for answer in answers))),
        escalations=_counted(answer.escalate_to.value if answer.escalate_to else "" for answer in answers),
        pairwise=pairwise_agreement([[whole_of(answer) for answer in answers]]),
    )


def _counted(values: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Consensus:
    """What more than half said of a case."""

    answer: CaseAnswer
    labeller_count: int
    agreed_count: int


def consensus_of(answers: Sequence[CaseAnswer]) -> Consensus | None:
    """What more than half of these answers say in what decides; nothing where there is none.

    In its severity, its further labels and its evidence it is one of them: the first with the severity that most of them give.
    """
    if not answers:
        return None
    (word, count), *_ = Counter(map(whole_of, answers)).most_common(1)
    if count * 2 <= len(answers):
        return None
    alike = [answer for answer in answers if whole_of(answer) == word]
    (severity, _count), *_ = Counter(answer.severity for answer in alike).most_common(1)
    return Consensus(next(answer for answer in alike if answer.severity is severity), len(answers), count)


@dataclass(frozen=True, slots=True)
class Footing:
    """What the reference that a panel proposes would stand on."""

    consensus: Consensus | None
    labeller_count: int
    """Those who did not know the reference."""
    is_severe: bool
    """Whether the reference is S4, or any of them says that it is."""
    alpha: float | None
    """Of the whole panel in its last round, of what decides."""
    is_discussed: bool
    is_practised: bool
    """Whether the case is still one of the practice pool, with no look-alike in an exam."""


def labellers_needed(severities: Iterable[Severity | None]) -> int:
    """How many have to label a case blind before what they say counts as a reference: the reference and every label say how severe it is."""
    return FEWEST_FOR_SEVERE if Severity.S4 in set(severities) else FEWEST_LABELLERS


def consensus_refusal(footing: Footing) -> ConsensusRefusal | None:
    """Why this does not become a reference, or nothing (MEASUREMENT.md, section 7)."""
    if not footing.is_practised:
        return ConsensusRefusal.CASE_GONE
    if footing.is_severe and footing.labeller_count < FEWEST_FOR_SEVERE:
        return ConsensusRefusal.TOO_FEW_FOR_SEVERE
    if footing.labeller_count < FEWEST_LABELLERS:
        return ConsensusRefusal.TOO_FEW
    if footing.consensus is None:
        return ConsensusRefusal.NO_MAJORITY
    if footing.alpha is not None and footing.alpha < TENTATIVE_ALPHA:
        return ConsensusRefusal.DISAGREE
    return None if footing.is_discussed else ConsensusRefusal.NOT_DISCUSSED


OCCASION = "calibration:"


def rounds_of(session_id: int) -> str:
    """How the occasions of all rounds of a session begin."""
    return f"{OCCASION}{session_id}:"


def occasion_of(session_id: int, number: int) -> str:
    """The occasion of an answer given in a round of a session: one judgement of each person and case."""
    return f"{rounds_of(session_id)}{number}"


def round_of(occasion: str) -> tuple[int, int]:
    """The session and the round of such an occasion."""
    session_id, number = occasion.removeprefix(OCCASION).split(":")
    return int(session_id), int(number)
