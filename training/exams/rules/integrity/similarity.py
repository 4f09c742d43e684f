"""Identical wrong answers of two people, against what independent work would give.

For a pair and the items both met, the count of places where both gave the *same wrong* answer is compared with the
Poisson-binomial distribution of independent work: on each item both err with their own chances, and two who err agree with the
chance at which others who erred on it agreed. A person's chance of erring on an item joins their error rate with the item's, as in
the Rasch model: odds = odds of the person × odds of the item ÷ odds of all. The pair itself is left out of the item's figures.
p-values of all pairs of a cohort go through Benjamini & Hochberg (1995) at a rate of .01.

The indices of the literature (K, Holland 1996; ω, Wollack 1997) count alike; this one takes drawn forms, whose pairs share
only some items.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from typing import TypeVar

Test = TypeVar("Test", bound=Hashable)

FALSE_DISCOVERY_RATE = 0.01
LEAST_COMMON_ITEMS = 5
LEAST_IDENTICAL = 3
"""Fewer identical wrong answers are never signalled, whatever their chance."""
PRIOR_PAIRS = 10.0
PRIOR_AGREEMENT = 0.5
"""Where few erred on an item, they are taken to agree half of the time: in doubt for the candidates."""
LEAST_CHANCE, MOST_CHANCE = 0.02, 0.98


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's form: for each item whether it was answered right (None), or which wrong answer was given. Blanks are left out."""

    person: int
    answers: Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many wrong answers two sheets share, how many independent work would give, and the chance of as many."""

    common_count: int
    identical_count: int
    expected: float
    p_value: float


class Cohort:
    """What a cohort answered: the figures that pairs are compared with."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.sheets = sheets
        self.met: Counter[int] = Counter()
        self.wrong: dict[int, Counter[int]] = defaultdict(Counter)
        for sheet in sheets:
            for item, answer in sheet.answers.items():
                self.met[item] += 1
                if answer is not None:
                    self.wrong[item][answer] += 1
        wrongs = sum(sum(counts.values()) for counts in self.wrong.values())
        self.odds = _odds(wrongs, sum(self.met.values()))

    def chance(self, item: int, first: Sheet, second: Sheet) -> float:
        """The chance that these two, working alone, give the same wrong answer to an item that both met."""
        counts = self.wrong[item] - Counter(answer for answer in (first.answers[item], second.answers[item]) if answer is not None)
        erred = sum(counts.values())
        pairs = erred * (erred - 1) / 2
        agreeing = sum(count * (count - 1) / 2 for count in counts.values())
        agreement = (agreeing + PRIOR_PAIRS * PRIOR_AGREEMENT) / (pairs + PRIOR_PAIRS)
        hardness = _odds(erred, self.met[item] - 2) / self.odds
        return _error_chance(first, hardness) * _error_chance(second, hardness) * agreement


def _odds(wrong: float, count: float) -> float:
    return (wrong + 1) / (count - wrong + 1)


def _error_chance(sheet: Sheet, hardness: float) -> float:
    odds = _odds(sum(answer is not None for answer in sheet.answers.values()), len(sheet.answers)) * hardness
    return min(max(odds / (1 + odds), LEAST_CHANCE), MOST_CHANCE)


def at_least(count: int, chances: Iterable[float]) -> float:
    """The chance of at least so many successes among independent ones of these chances (Poisson-binomial), exactly."""
    below = [1.0] + [0.0] * (count - 1)
    for chance in chances:
        for successes in range(count - 1, 0, -1):
            below[successes] = below[successes] * (1 - chance) + below[successes - 1] * chance
        below[0] *= 1 - chance
    return max(0.0, 1 - sum(below)) if count else 1.0


def compare(cohort: Cohort, first: Sheet, second: Sheet) -> Agreement:
    """One pair with its p-value."""
    common = sorted(first.answers.keys() & second.answers.keys())
    identical = sum(first.answers[item] is not None and first.answers[item] == second.answers[item] for item in common)
    chances = [cohort.chance(item, first, second) for item in common]
    return Agreement(len(common), identical, sum(chances), at_least(identical, chances))


def _candidates(sheets: Sequence[Sheet]) -> list[tuple[int, int]]:
    """The pairs that agree often enough to be signalled at all, as places in the list; the rest have no small p-value that could count."""
    givers: dict[tuple[int, int], list[int]] = defaultdict(list)
    for place, sheet in enumerate(sheets):
        for item, answer in sheet.answers.items():
            if answer is not None:
                givers[item, answer].append(place)
    agreed = Counter(pair for places in givers.values() for pair in combinations(places, 2))
    return sorted(pair for pair, count in agreed.items() if count >= LEAST_IDENTICAL)


def discoveries(p_values: Mapping[Test, float], test_count: int, rate: float = FALSE_DISCOVERY_RATE) -> set[Test]:
    """Benjamini & Hochberg's step-up: what stands out among so many tests; tests that are not listed count as p = 1."""
    ordered = sorted(p_values.items(), key=itemgetter(1))
    last = max((rank for rank, (_, p_value) in enumerate(ordered, start=1) if p_value <= rate * rank / test_count), default=0)
    return {test for test, _ in ordered[:last]}


def similar_pairs(sheets: Sequence[Sheet], *, fresh: frozenset[int]) -> tuple[dict[tuple[int, int], Agreement], int]:
    """The pairs, as places in the list, that stand out among all pairs of different people with a fresh sheet in them; and how many were tested.

    `fresh` holds the sheets' places that were not tested before: every pair is tested once, so that looking often finds no more.
    """
    cohort = Cohort(sheets)
    test_count = sum(_is_tested(sheets, pair, fresh) for pair in combinations(range(len(sheets)), 2))
    compared = {pair: compare(cohort, sheets[pair[0]], sheets[pair[1]]) for pair in _candidates(sheets) if _is_tested(sheets, pair, fresh)}
    p_values = {pair: found.p_value for pair, found in compared.items() if found.common_count >= LEAST_COMMON_ITEMS}
    return {pair: compared[pair] for pair in sorted(discoveries(p_values, test_count))}, test_count


def _is_tested(sheets: Sequence[Sheet], pair: tuple[int, int], fresh: frozenset[int]) -> bool:
    return (pair[0] in fresh or pair[1] in fresh) and sheets[pair[0]].person != sheets[pair[1]].person
