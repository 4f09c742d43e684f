"""How others decided a case, so far as it tells of nobody what they answered."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from training.cases.rules import Action

FEWEST_COLLEAGUES = 5
"""Of fewer nothing is said; and what is said changes only when so many more have answered, so that nobody can be read off the difference."""

MOST_COLLEAGUES = 100
"""Of so many, the first, the shares are known well enough."""


@dataclass(frozen=True, slots=True)
class GivenByOther:
    """What somebody else answered, without who."""

    decision: tuple[Action, ...]
    """In the order of the vocabulary."""
    primary_label: str | None


@dataclass(frozen=True, slots=True)
class Colleagues:
    """How many decided what, and took it for what, the commonest first."""

    count: int
    decisions: tuple[tuple[tuple[Action, ...], int], ...]
    labels: tuple[tuple[str | None, int], ...]


def colleagues_of(given: Sequence[GivenByOther]) -> Colleagues | None:
    """What the answers of others, in the order in which they were given, may say; nothing where they are too few."""
    count = min(len(given), MOST_COLLEAGUES) // FEWEST_COLLEAGUES * FEWEST_COLLEAGUES
    if not count:
        return None
    decisions, labels = Counter(each.decision for each in given[:count]), Counter(each.primary_label for each in given[:count])
    return Colleagues(
        count=count,
        decisions=tuple(sorted(decisions.items(), key=lambda each: (-each[1], each[0]))),
        labels=tuple(sorted(labels.items(), key=lambda each: (-each[1], each[0] or ""))),
    )
