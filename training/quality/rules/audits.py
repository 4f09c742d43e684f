"""One audit: what was decided in live work beside what should have been, and how the two differ."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.cases.rules import Action, Outcome, acts
from training.judgements.rules import error_kind

SKEW = timedelta(minutes=5)
"""How far the clock of whoever sends audits may run ahead of ours."""


class Sampling(StrEnum):
    """How a decision came to be audited. Only what chance picked says how often somebody errs."""

    RANDOM = "random"
    TARGETED = "targeted"
    COMPLAINT = "complaint"
    APPEAL = "appeal"
    OTHER = "other"


class AuditError(StrEnum):
    """How a decision can be wrong: the trade's four errors. Positive means that the auditor says act."""

    FALSE_POSITIVE = "false_positive"
    FALSE_NEGATIVE = "false_negative"
    WRONG_SELECTION = "wrong_selection"
    TECHNICAL = "technical"
    """Right on what could be seen; it never counts against anybody."""


class AuditFault(StrEnum):
    """Why one row is not taken."""

    UNREADABLE = "UNREADABLE"
    UNKNOWN_PERSON = "UNKNOWN_PERSON"
    UNKNOWN_QUEUE = "UNKNOWN_QUEUE"
    UNKNOWN_LABEL = "UNKNOWN_LABEL"
    UNKNOWN_CLAUSE = "UNKNOWN_CLAUSE"
    IN_THE_FUTURE = "IN_THE_FUTURE"
    SAID_TWICE = "SAID_TWICE"
    ID_TAKEN = "ID_TAKEN"


FAULT_WORDS = {
    AuditFault.UNREADABLE: "The row cannot be read.",
    AuditFault.UNKNOWN_PERSON: "No such person is known.",
    AuditFault.UNKNOWN_QUEUE: "No such queue is known.",
    AuditFault.UNKNOWN_LABEL: "A label is not one of the taxonomy.",
    AuditFault.UNKNOWN_CLAUSE: "No policy module ever had such a clause.",
    AuditFault.IN_THE_FUTURE: "The decision lies in the future. Check the clock of whoever sends this.",
    AuditFault.SAID_TWICE: "An earlier row gives the same id to another finding.",
    AuditFault.ID_TAKEN: "This id was given to another decision before: another person, queue, time or way of sampling.",
}
"""Each fault in a sentence, for programs and people alike."""


class AuditOutcome(StrEnum):
    """What became of a row that was taken."""

    NEW = "new"
    CORRECTED = "corrected"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the auditor says should have been decided, and what was."""

    expected: tuple[frozenset[Action], ...]
    """Accepted sets of actions, the preferred one first."""
    given: frozenset[Action]
    expected_labels: tuple[str, ...] = ()
    """The primary one first; where there are none, the decision alone is judged."""
    given_labels: tuple[str, ...] = ()
    is_technical: bool = False
    """Whether whoever decided could not see what makes it wrong."""


@dataclass(frozen=True, slots=True)
class Audited:
    """One audit as it is taken down: `audit_id` is its sender's name for it."""

    audit_id: str
    person_id: int
    queue: str
    decided_at: datetime
    sampling: Sampling
    verdict: Verdict
    policy_version: str | None = None
    language: str | None = None
    clause: str | None = None
    """The clause that decides, where the auditor names it."""
    note: str | None = None

    @property
    def decision(self) -> tuple[int, str, datetime, Sampling]:
        """What was audited and why: no correction changes it, so that no miss is taken out of the sample afterwards."""
        return self.person_id, self.queue, self.decided_at, self.sampling

    @property
    def payload_hash(self) -> str:
        """SHA-256 over all that the sender says, by which a replay is known."""
        said = [
            *map(str, self.decision),
            [sorted(actions) for actions in self.verdict.expected],
            sorted(self.verdict.given),
            self.verdict.expected_labels,
            self.verdict.given_labels,
            self.verdict.is_technical,
            [self.policy_version, self.language, self.clause, self.note],
        ]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def error_of(verdict: Verdict) -> AuditError | None:
    """How the decision is wrong; nothing where it is right.

    Right is one of the accepted sets of actions, escalation among them, with the primary label right where one is expected: the strict outcome of
    a judgement as far as an audit can tell it.
    """
    if verdict.given in verdict.expected and _is_label_right(verdict):
        return None
    if verdict.is_technical:
        return AuditError.TECHNICAL
    return AuditError(error_kind(verdict.given, verdict.expected[0]).value)


def _is_label_right(verdict: Verdict) -> bool:
    """Whoever rightly leaves something alone need not say that nothing is wrong with it."""
    if not verdict.expected_labels:
        return True
    given = verdict.given_labels or ((Outcome.NO_VIOLATION.value,) if acts(verdict.given) is False else ())
    return given[:1] == verdict.expected_labels[:1]


def code_to_practise(audited: Audited) -> str | None:
    """The clause, or else the label, that an error is about: the one expected, or the one given where nothing was wrong. Nothing for what was right."""
    verdict = audited.verdict
    if error_of(verdict) in (None, AuditError.TECHNICAL):
        return None
    if audited.clause is not None:
        return audited.clause
    labels = (*verdict.expected_labels[:1], *verdict.given_labels[:1])
    return next((label for label in labels if label not in set(Outcome)), None)


def outcome_of(audited: Audited, known_hash: str | None) -> AuditOutcome:
    """What this says beside what its sender said under the same id before."""
    if known_hash is None:
        return AuditOutcome.NEW
    return AuditOutcome.UNCHANGED if known_hash == audited.payload_hash else AuditOutcome.CORRECTED


def is_ahead_of_the_clock(decided_at: datetime, *, now: datetime) -> bool:
    """Whether a decision lies so far ahead that a clock must be wrong."""
    return decided_at > now + SKEW
