"""How long a form takes: by what answers to its items took, and by an assumption where nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from training.exams.rules.blueprint import ItemKind

ASSUMED_SECONDS: Mapping[ItemKind, int] = {
    ItemKind.SINGLE: 45,
    ItemKind.MULTIPLE: 60,
    ItemKind.CASE: 90,
    ItemKind.EVIDENCE: 90,
    ItemKind.ORDERING: 90,
    ItemKind.SHORT: 45,
    ItemKind.REPLY: 300,
    ItemKind.TYPING: 60,
}
"""Of an item that too few answered. A case has the time target of its surface instead, where that is known (DOMAIN.md)."""


@dataclass(frozen=True, slots=True)
class ExpectedTime:
    """How long a form takes somebody in the middle, in seconds, and the share of its items of which that is known from answers."""

    seconds: float
    known_share: float

    @property
    def minutes(self) -> int:
        """In whole minutes, rounded up."""
        return -(-round(self.seconds) // 60)


def expected_time(forms: Sequence[Sequence[int]], known: Mapping[int, float], assumed: Mapping[int, float]) -> ExpectedTime | None:
    """The mean over these forms of the sum of their items' times; nothing without a form.

    Items are named by version. `known` are the medians of their answers, `assumed` is for all the others.
    """
    if not forms or not any(forms):
        return None
    seconds = fmean(sum(known.get(item, assumed.get(item, 0.0)) for item in form) for form in forms)
    places = [item for form in forms for item in form]
    return ExpectedTime(seconds, sum(item in known for item in places) / len(places))
