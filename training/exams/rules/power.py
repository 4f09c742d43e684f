"""The power meter: the chance that a person of a given true accuracy passes the whole rule (MEASUREMENT.md, section 5).

Every part of the rule counts losses: weight lost in all, items lost in an area, innocent items lost, critical misses. Few
losses are allowed, so the states that still pass are few and the chance is exact, without a simulation.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from training.exams.rules.blueprint import PassRule
from training.exams.rules.chances import in_all_tries
from training.exams.rules.grading import needed_of

ACCURACIES = (0.75, 0.80, 0.85, 0.90, 0.95, 0.97)


@dataclass(frozen=True, slots=True, order=True)
class Weighed:
    """What the rule sees of one item of a form."""

    area: str
    weight: int
    is_innocent: bool
    critical_share: float
    """Which share of the wrong answers to it are critical misses; 0 where none can be."""


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of passing for one true accuracy, in one try and in all the tries allowed.

    How often an error on a case of the highest severity is the critical one depends on the person. `low` counts every such error as
    critical, `high` none; where the exam has no such case they are equal.
    """

    accuracy: float
    low: float
    high: float
    low_in_all: float
    high_in_all: float


_Losses = tuple[int, int, int]
"""Weight, innocent items and critical misses lost so far."""


@dataclass(frozen=True, slots=True)
class _Limits:
    weight: int
    innocent: int
    critical: int

    def allow(self, losses: _Losses) -> bool:
        return losses[0] <= self.weight and losses[1] <= self.innocent and losses[2] <= self.critical


def _limits(form: Sequence[Weighed], rule: PassRule) -> _Limits:
    total = sum(item.weight for item in form)
    innocent = sum(item.is_innocent for item in form)
    return _Limits(total - needed_of(total, rule.weighted_percent), innocent - needed_of(innocent, rule.innocent_percent), rule.critical_misses_allowed)


def _area_limit(count: int, rule: PassRule) -> int:
    return count - needed_of(count, rule.area_percent) if count >= rule.area_minimum_items else count


def _after_item(
    states: Mapping[tuple[int, _Losses], float], item: Weighed, accuracy: float, area_limit: int, limits: _Limits
) -> dict[tuple[int, _Losses], float]:
    after: dict[tuple[int, _Losses], float] = defaultdict(float)
    missed = 1.0 - accuracy
    for (area_lost, losses), chance in states.items():
        after[area_lost, losses] += chance * accuracy
        plain = (losses[0] + item.weight, losses[1] + item.is_innocent, losses[2])
        for then, share in ((plain, 1.0 - item.critical_share), ((plain[0], plain[1], plain[2] + 1), item.critical_share)):
            if share and area_lost < area_limit and limits.allow(then):
                after[area_lost + 1, then] += chance * missed * share
    return after


def chance_of_passing(form: Sequence[Weighed], rule: PassRule, accuracy: float) -> float:
    """The exact chance that somebody who gets each item right with this probability passes on this form."""
    limits = _limits(form, rule)
    chances: dict[_Losses, float] = {(0, 0, 0): 1.0}
    for area, count in Counter(item.area for item in form).items():
        states = {(0, losses): chance for losses, chance in chances.items()}
        for item in form:
            if item.area == area:
                states = _after_item(states, item, accuracy, _area_limit(count, rule), limits)
        chances = defaultdict(float)
        for (_, losses), chance in states.items():
            chances[losses] += chance
    return sum(chances.values())


def power(forms: Sequence[Sequence[Weighed]], rule: PassRule, tries: int) -> tuple[Chance, ...]:
    """The chance for each accuracy of the meter, averaged over forms drawn from the bank. Raises ValueError without a form."""
    if not forms:
        raise ValueError("the power meter needs at least one form")
    compositions = Counter(tuple(sorted(form)) for form in forms)
    return tuple(_mean_chance(compositions, rule, accuracy, tries) for accuracy in ACCURACIES)


def _mean_chance(compositions: Mapping[tuple[Weighed, ...], int], rule: PassRule, accuracy: float, tries: int) -> Chance:
    count = sum(compositions.values())
    low = sum(times * chance_of_passing(form, rule, accuracy) for form, times in compositions.items()) / count
    high = sum(times * chance_of_passing(_forgiven(form), rule, accuracy) for form, times in compositions.items()) / count
    return Chance(accuracy, low, high, in_all_tries(low, tries), in_all_tries(high, tries))


def _forgiven(form: Sequence[Weighed]) -> tuple[Weighed, ...]:
    return tuple(Weighed(item.area, item.weight, item.is_innocent, 0.0) for item in form)
