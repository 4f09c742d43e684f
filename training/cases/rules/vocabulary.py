"""The vocabulary of moderation, and what can be said of a case or a decision from its values alone.

Words and numbers are those of the trade; where an organisation would choose otherwise, they are defaults.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Surface(StrEnum):
    """Where on the marketplace a case appeared."""

    LISTING = "listing"
    SELLER = "seller"
    VIDEO = "video"
    LIVE = "live"
    REVIEW = "review"
    COMMENT = "comment"
    TICKET = "ticket"


class Pool(StrEnum):
    """What a case is for; never both."""

    PRACTICE = "practice"
    EXAM = "exam"


class Difficulty(StrEnum):
    """How far a case lies from the boundary of its clause."""

    CLEAR = "clear"
    TYPICAL = "typical"
    BORDERLINE = "borderline"


class Severity(StrEnum):
    """How much harm a violation does; S0 is none."""

    S0 = "S0"
    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"

    @property
    def level(self) -> int:
        """0 to 4."""
        return int(self.value[1])


SEVERITY_WEIGHTS: Mapping[Severity, int] = {Severity.S0: 1, Severity.S1: 1, Severity.S2: 2, Severity.S3: 4, Severity.S4: 8}
"""What an item of this severity counts in an exam's total."""

SEVERE = frozenset({Severity.S3, Severity.S4})
"""What may distress, and is shown behind a warning."""


class Action(StrEnum):
    """One thing a moderator can do. A decision is a set of them."""

    APPROVE = "APPROVE"
    LABEL_OR_EDIT = "LABEL_OR_EDIT"
    REJECT_EDITABLE = "REJECT_EDITABLE"
    RESTRICT_PENDING_DOCS = "RESTRICT_PENDING_DOCS"
    AGE_GATE = "AGE_GATE"
    DEMOTE = "DEMOTE"
    LIMIT_INTERACTION = "LIMIT_INTERACTION"
    INTERRUPT = "INTERRUPT"
    REMOVE = "REMOVE"
    STRIKE = "STRIKE"
    HOLD_PAYOUT = "HOLD_PAYOUT"
    RESTRICT = "RESTRICT"
    SUSPEND = "SUSPEND"
    TERMINATE = "TERMINATE"
    ESCALATE = "ESCALATE"
    WELFARE = "WELFARE"
    STOP_VIEWING = "STOP_VIEWING"
    REQUEST_INFO = "REQUEST_INFO"
    REROUTE = "REROUTE"


DEFERRING = frozenset({Action.REQUEST_INFO, Action.REROUTE})
"""Neither acting nor letting be: left out of the table of over- and under-enforcement."""


class EscalationTarget(StrEnum):
    """Who takes over."""

    RISK = "RISK"
    FRAUD = "FRAUD"
    IP = "IP"
    LEGAL = "LEGAL"
    POLICY = "POLICY"
    PR = "PR"
    CSAM = "CSAM"


class Outcome(StrEnum):
    """Labels that are not violations, always available."""

    NO_VIOLATION = "OUT-00"
    NOT_ENOUGH_INFORMATION = "OUT-01"
    WRONG_QUEUE = "OUT-02"
    POLICY_GAP = "OUT-03"
    DUPLICATE = "OUT-04"


class CaseRefusal(StrEnum):
    """Why a case or the taxonomy is not stored."""

    POOL_IS_FIXED = "case_pool_is_fixed"
    SURFACE_IS_FIXED = "case_surface_is_fixed"
    FILE_MISSING = "case_file_missing"
    LABEL_UNKNOWN = "case_label_unknown"
    CORRECTION_SAID_BEFORE = "case_correction_said_before"
    NO_CORRECTION = "case_no_correction"
    DOCUMENT_MISSING = "case_document_missing"
    REFERENCE_UNSOUND = "case_reference_unsound"


class HeldBackReason(StrEnum):
    """Why an imported case that is whole stays a draft."""

    LIKE_AN_EXAM_CASE = "imported_like_an_exam_case"
    SAYS_THE_SAME = "imported_says_the_same"
    NO_LONGER_SOUND = "imported_no_longer_sound"


PROCEDURAL_LABEL = "SXM-04"
"""Its cases are situations and what to do, never content."""

TIME_TARGETS: Mapping[Surface, int] = {
    Surface.LISTING: 90,
    Surface.SELLER: 120,
    Surface.LIVE: 120,
    Surface.REVIEW: 45,
    Surface.COMMENT: 45,
    Surface.TICKET: 300,
}
"""Seconds. A video's depends on its length."""


@dataclass(frozen=True, slots=True)
class Area:
    """A field of policy."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """One kind of violation, or an outcome (then it has no area)."""

    code: str
    title: str
    area: str | None
    severity: Severity
    default_decision: tuple[Action, ...]
    escalate_to: EscalationTarget | None
    surfaces: frozenset[Surface]
    synonyms: tuple[str, ...] = ()
    """Other words by which people look for it, of every language."""


@dataclass(frozen=True, slots=True, eq=False)
class Taxonomy:
    """Areas and labels in their order, the outcomes last. The same only as itself: it is read once, and what is made of it remembered."""

    areas: tuple[Area, ...]
    labels: tuple[Label, ...]

    @property
    def area_of(self) -> dict[str, str]:
        """The area of each label that has one: what hierarchical scoring climbs."""
        return {label.code: label.area for label in self.labels if label.area}

    @property
    def titles(self) -> dict[str, str]:
        """What people read for each code, areas included."""
        return {area.code: area.title for area in self.areas} | {label.code: label.title for label in self.labels}


def acts(actions: Iterable[Action]) -> bool | None:
    """Whether this decision acts on the content or its owner.

    None where it only defers (asks for information, sends the case on): such decisions are left out of the table of
    over- and under-enforcement. No decision at all does not act.
    """
    chosen = frozenset(actions)
    if not chosen:
        return False
    if chosen - DEFERRING - {Action.APPROVE}:
        return True
    return False if Action.APPROVE in chosen else None


def is_grey(decisions: Iterable[Iterable[Action]]) -> bool:
    """Whether the accepted decisions differ on acting at all: such a case is practised, never examined."""
    return len({acts(decision) for decision in decisions}) > 1


def time_target_seconds(surface: Surface, content: Mapping[str, Any]) -> int:
    """How long a decision on this case should take. Over it is flagged, not failed."""
    if surface is Surface.VIDEO:
        return round(0.8 * int(content["duration_seconds"])) + 20
    return TIME_TARGETS[surface]
