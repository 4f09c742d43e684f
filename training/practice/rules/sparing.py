"""What somebody is spared now: severe cases after severe ones, when they skip one, and when there were enough."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from training.practice.rules.consent import Sensitivity, sensitivity_of
from training.practice.rules.picking import Recent

SEVERE_IN_A_ROW = 2
"""So many severe cases come one after the other at most, where there is another one: a case and its near-miss."""


class Instead(StrEnum):
    """What whoever skips a case wants instead of it. Neither costs anything."""

    LIGHTER = "lighter"
    """One of the same rule that comes without a warning, where there is one."""
    LIKE = "like"
    """One of the same rule that may be as severe."""


def instead_of(wish: Instead | None, *, is_severe: bool) -> Instead:
    """What comes instead of a case that is skipped: as wished, else something lighter where there was a warning.

    Whoever skips a severe case without saying more has had enough of it for now: another one would ask them twice.
    """
    return wish or (Instead.LIGHTER if is_severe else Instead.LIKE)


@dataclass(frozen=True, slots=True)
class Sparing:
    """Which cases are not to come."""

    is_without_severe: bool = False
    """Whether those that come behind a warning are left out."""
    withheld: frozenset[Sensitivity] = frozenset()
    """Kinds of material that are left out, because the person did not consent to them."""

    def allows(self, concept: str) -> bool:
        """Whether cases of this clause may come, as far as consent goes."""
        return sensitivity_of(concept) not in self.withheld


NOTHING_SPARED = Sparing()


def calls_for_lighter(recent: Sequence[Recent]) -> bool:
    """Whether a case without a warning is to come now: two with one came before it. `recent` is newest first, skipped cases included."""
    last = recent[:SEVERE_IN_A_ROW]
    return len(last) == SEVERE_IN_A_ROW and all(each.is_severe for each in last)
