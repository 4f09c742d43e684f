"""What the random audits of a term come to, in figures and in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from math import exp, log

from training.judgements.rules import FEWEST_TO_JUDGE, Interval, wilson
from training.quality.rules.audits import AuditError, Sampling
from training.quality.rules.suspension import STANDARD, Standard, log_evidence

WATCHED_AT = log(10)
"""From this evidence on a page says that it is worth watching."""
LARGEST_SHOWN = 1_000_000
"""Evidence beyond this is as sure as anybody needs."""


class QualityWord(StrEnum):
    """What the evidence says, in a word."""

    TOO_FEW = "too_few"
    GOOD = "good"
    """Surely better than what is acceptable."""
    USUAL = "usual"
    """Nothing says that it is not acceptable."""
    WATCH = "watch"
    """Some evidence of more errors than are acceptable."""
    PROPOSED = "proposed"
    """So much evidence that a suspension is proposed."""


@dataclass(frozen=True, slots=True)
class AuditedDecision:
    """What one audit says, as far as it is counted."""

    decided_at: datetime
    sampling: Sampling
    error: AuditError | None

    @property
    def is_random(self) -> bool:
        """Whether it says how often somebody errs."""
        return self.sampling is Sampling.RANDOM

    @property
    def is_miss(self) -> bool:
        """Whether it counts against whoever decided: a technical error never does."""
        return self.error is not None and self.error is not AuditError.TECHNICAL


@dataclass(frozen=True)
class Counted:
    """The audits of one person for one certificate since an instant: those picked at random, and how many others there are."""

    since: datetime
    decisions: Sequence[AuditedDecision]
    """In the order in which they were made."""
    standard: Standard = field(default=STANDARD)

    @cached_property
    def random(self) -> list[AuditedDecision]:
        """Those that count."""
        return [decision for decision in self.decisions if decision.is_random and decision.decided_at >= self.since]

    @property
    def audit_count(self) -> int:
        """How many count."""
        return len(self.random)

    @property
    def other_count(self) -> int:
        """How many are shown and not counted."""
        return sum(not decision.is_random and decision.decided_at >= self.since for decision in self.decisions)

    @cached_property
    def error_count(self) -> int:
        """How many of those that count are errors."""
        return sum(decision.is_miss for decision in self.random)

    @property
    def error_rate(self) -> Interval | None:
        """The share of errors with its 95 % interval; nothing where there are too few to judge."""
        return wilson(self.error_count, self.audit_count) if self.audit_count >= FEWEST_TO_JUDGE else None

    @cached_property
    def log_evidence(self) -> float:
        """The logarithm of the evidence of more errors than are acceptable."""
        return log_evidence(self.audit_count, self.error_count, self.standard)

    @property
    def calls_for_suspension(self) -> bool:
        """Whether a suspension is to be proposed."""
        return self.log_evidence >= self.standard.threshold

    @property
    def word(self) -> QualityWord:
        """What the figures say."""
        rate = self.error_rate
        if self.calls_for_suspension:
            return QualityWord.PROPOSED
        if self.log_evidence >= WATCHED_AT:
            return QualityWord.WATCH
        if rate is None:
            return QualityWord.TOO_FEW
        return QualityWord.GOOD if rate.high < self.standard.acceptable_error else QualityWord.USUAL


def counted_from(begins: Sequence[datetime | None]) -> datetime:
    """Since when audits count: the latest of the term's begin, the last reinstatement and the last proposal that was dismissed.

    Counting anew after a dismissal keeps the promise: the first proposal of a term meets somebody acceptable with a chance of at most α.
    """
    return max(begin for begin in begins if begin is not None)


def evidence_shown(log_value: float) -> float:
    """The evidence as a page shows it: how many times likelier, up to a million."""
    return exp(min(log_value, log(LARGEST_SHOWN)))
