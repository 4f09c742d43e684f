"""How a person stands in each area: counts, and shares where there is enough to judge by."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from training.cases.queries import taxonomy
from training.judgements.queries import area_tallies
from training.judgements.rules import FEWEST_TO_JUDGE, Interval, wilson
from training.practice.queries.memories import readiness_in_areas
from training.practice.queries.shelves import case_counts
from training.practice.rules import Readiness


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """One area: the cases there are, and the person's first answers to them."""

    code: str
    title: str
    case_count: int
    answered_count: int
    right_count: int
    repeat_count: int
    share: Interval | None
    """Right answers among the first answers, with its 95 % interval; None where there are too few to judge."""
    readiness: Readiness | None
    """How near the person is to being ready, by recent first answers; None before the first."""


def standings_of(person_id: int, *, languages: Collection[str], at: datetime) -> list[AreaStanding]:
    """How this person stands in every area that has cases or answers, in the taxonomy's order."""
    counts, tallies, readiness = case_counts(languages=languages), area_tallies(person_id), readiness_in_areas(person_id, at=at)
    found: list[AreaStanding] = []
    for area in taxonomy().areas:
        tally = tallies.get(area.code)
        answered, right, repeats = (tally.count, tally.right, tally.repeat_count) if tally else (0, 0, 0)
        if area.code in counts or tally:
            share = wilson(right, answered) if answered >= FEWEST_TO_JUDGE else None
            found.append(AreaStanding(area.code, area.title, counts.get(area.code, 0), answered, right, repeats, share, readiness.get(area.code)))
    return found
