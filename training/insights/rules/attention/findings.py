"""A finding: what it is about, its figure, and the state by which it is known whether it is still the one that somebody put aside."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LONGEST_REASON = 500
FIRST_STEP = 50
"""From so many answers on a figure is acted on; its state changes as they double."""


class Concern(StrEnum):
    """Why something needs a look, the most pressing first."""

    WRONG_KEY = "wrong_key"
    CLAUSE_CHANGED = "clause_changed"
    DISPUTED = "disputed"
    RUNNING_DRY = "running_dry"
    NO_SPREAD = "no_spread"
    """Nobody gets it right, or everybody does."""
    TRANSLATIONS = "translations"
    OVEREXPOSED = "overexposed"
    LOOKALIKES = "lookalikes"
    DEAD_DISTRACTORS = "dead_distractors"
    FEW_LABELS = "few_labels"


class AsideDeed(StrEnum):
    """What can happen to a finding on the list."""

    ASIDE = "aside"
    BACK = "back"


class AttentionRefusal(StrEnum):
    """Why a finding is not put aside, or not brought back."""

    GONE = "attention_gone"
    CHANGED = "attention_changed"
    NOT_ASIDE = "attention_not_aside"


Figures = Mapping[str, float | int | str | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the list. It never tells a key."""

    concern: Concern
    subject: str
    """What it is about, told apart within its concern: an item, a case, `item@exam`, a quota of an exam, two items."""
    figures: Figures
    weight: float
    """How far it is out of line: within a concern the heaviest comes first."""
    basis: tuple[object, ...]
    """What makes it another finding once it changes: versions, and figures in coarse steps."""
    names: tuple[str, ...] = ()
    """The items or cases, by id, that it is about."""
    leads_to: tuple[str, ...] = field(default=())
    """What the page that mends it is addressed by."""

    @property
    def state(self) -> str:
        """A digest of its basis, twelve letters long."""
        return hashlib.sha256(json.dumps(self.basis).encode()).hexdigest()[:12]


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The most pressing concern first, in it the heaviest, then by subject."""
    order = list(Concern)
    return sorted(findings, key=lambda each: (order.index(each.concern), -each.weight, each.subject))


def is_aside(finding: Finding, put_aside: Mapping[tuple[str, str], str]) -> bool:
    """Whether it was put aside as it is now; `put_aside` has the state in which each concern and subject was. What has changed since is looked at again."""
    return put_aside.get((finding.concern.value, finding.subject)) == finding.state


def doublings(count: int) -> int:
    """How often so many answers doubled since they were enough to act on: a finding is not another one with every answer."""
    return (count // FIRST_STEP).bit_length()
