"""Groups that passed unusually often or rarely, and items that too many forms held."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from training.exams.rules.integrity.similarity import FALSE_DISCOVERY_RATE

LEAST_GROUP = 10
"""Groups of fewer attempts are not compared."""
EXPOSURE_SHARE = 0.25
LEAST_FORMS = 20
"""Of fewer forms a share says nothing."""


@dataclass(frozen=True, slots=True)
class GroupRate:
    """How one group did beside all the others together."""

    name: str
    passed_count: int
    attempt_count: int
    others_passed: int
    others_count: int
    p_value: float
    stands_out: bool = False


def two_sided(passed: int, attempts: int, all_passed: int, all_attempts: int) -> float:
    """Fisher's exact test (1935): the chance, margins given, of a table no likelier than this one.

    Worked: Fisher's tea, 3 of 4 against 1 of 4: .485714; 10 of 10 against 5 of 15: .001075.
    """
    whole = comb(all_attempts, attempts)
    counts = range(max(0, attempts + all_passed - all_attempts), min(attempts, all_passed) + 1)
    ways = {count: comb(all_passed, count) * comb(all_attempts - all_passed, attempts - count) for count in counts}
    return sum(way for way in ways.values() if way <= ways[passed]) / whole


def unusual_groups(groups: Mapping[str, tuple[int, int]], rate: float = FALSE_DISCOVERY_RATE) -> list[GroupRate]:
    """Every group of ten or more (passed, attempts) beside all the others, by name; those that stand out by Benjamini & Hochberg are marked."""
    all_passed, all_attempts = (sum(figures[place] for figures in groups.values()) for place in (0, 1))
    large = sorted(name for name, (_, attempts) in groups.items() if attempts >= LEAST_GROUP and all_attempts - attempts >= LEAST_GROUP)
    p_values = {name: two_sided(*groups[name], all_passed, all_attempts) for name in large}
    marked = _discovered(p_values, rate)
    return [
        GroupRate(name, passed, attempts, all_passed - passed, all_attempts - attempts, p_values[name], name in marked)
        for name in large
        for passed, attempts in (groups[name],)
    ]


def _discovered(p_values: Mapping[str, float], rate: float) -> Sequence[str]:
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    last = max((rank for rank, name in enumerate(ordered, start=1) if p_values[name] <= rate * rank / len(ordered)), default=0)
    return ordered[:last]


def is_exposed(form_count: int, forms_drawn: int) -> bool:
    """Whether an item was on more than a quarter of the forms, where there are enough forms to say so."""
    return forms_drawn >= LEAST_FORMS and form_count > EXPOSURE_SHARE * forms_drawn
