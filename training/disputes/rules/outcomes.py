"""What disputes came to, counted: how often a reference that was disputed did not stand."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from training.disputes.rules.reviews import Outcome
from training.judgements.rules import FEWEST_TO_JUDGE, Interval, wilson

Key = TypeVar("Key", bound=Hashable)


class End(StrEnum):
    """Where a dispute is, for counting."""

    UPHELD = Outcome.UPHELD.value
    AMENDED = Outcome.AMENDED.value
    GREY = Outcome.GREY.value
    WITHDRAWN = "withdrawn"
    """Everybody who claimed took it back."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Disputes of one area, or about what one author set."""

    counts: Mapping[End, int]

    @property
    def total(self) -> int:
        """All of them, whatever they came to."""
        return sum(self.counts.values())

    @property
    def decided(self) -> int:
        """Those that reviews decided."""
        return sum(self.counts.get(end, 0) for end in (End.UPHELD, End.AMENDED, End.GREY))

    @property
    def changed(self) -> int:
        """Those of them after which the reference did not stand."""
        return self.decided - self.counts.get(End.UPHELD, 0)

    @property
    def share(self) -> Interval | None:
        """The share of the decided that changed the reference, with its Wilson interval; nothing where there are too few to judge."""
        return wilson(self.changed, self.decided) if self.decided >= FEWEST_TO_JUDGE else None


def end_of(outcome: Outcome | None, *, has_open_claim: bool) -> End:
    """How a dispute is counted."""
    if outcome is not None:
        return End(outcome.value)
    return End.OPEN if has_open_claim else End.WITHDRAWN


def outcomes_by(disputes: Iterable[tuple[Key, End]]) -> dict[Key, Outcomes]:
    """Count disputes by what they belong to, the most disputed first."""
    counts: dict[Key, Counter[End]] = {}
    for key, end in disputes:
        counts.setdefault(key, Counter())[end] += 1
    return dict(sorted(((key, Outcomes(count)) for key, count in counts.items()), key=lambda entry: -entry[1].total))
