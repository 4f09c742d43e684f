"""Drawing a form: a seeded choice from a recorded pool that meets every quota and never puts look-alikes together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TypeVar

from training.exams.rules.blueprint import Blueprint
from training.exams.rules.pool import BINDING_FORMS, RECENT_TIER, SEEN_TIER, Pool, PoolItem, Usage, capped_pool, forms_worth, may_fill, open_pool
from training.exams.rules.solving import Range, solve

T = TypeVar("T")

DRAW_VERSION = 2
"""Raised when the same seed over the same pool would give another form, or when the record of a pool is read otherwise.

1 had no tier for look-alikes: 2 and 3 were what 4 and 5 are since. `recorded_tier` reads both.
"""

_Sort = tuple[int, tuple[bool, ...], str]
"""What decides whether an item can stand for another: its tier, the quotas that admit it, and its name where it has enemies."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """Families that offer the same sorts of items and are therefore interchangeable."""

    sorts: tuple[_Sort, ...]
    first_variable: int
    families: list[list[PoolItem]]

    @property
    def variables(self) -> tuple[int, ...]:
        """One for each sort: how many of the families give an item of that sort."""
        return tuple(range(self.first_variable, self.first_variable + len(self.sorts)))


class _Problem:
    """A pool and a blueprint as counts and the ranges they must keep."""

    def __init__(self, blueprint: Blueprint, pool: Pool) -> None:
        self.blueprint = blueprint
        self.admitted = blueprint.admission()
        self.families: dict[str, list[PoolItem]] = defaultdict(list)
        for item in sorted(pool.items, key=lambda item: item.version_id):
            self.families[item.family].append(item)
        self.hostile = frozenset[str]().union(*blueprint.enemies)
        self.sort_of = {item.version_id: self._sort(item) for item in pool.items}
        self.kinds: list[_Kind] = []
        self.sorts: list[_Sort] = []
        self._gather_kinds()
        self.ranges = [*self._cell_ranges(), *self._family_ranges(), *self._enemy_ranges(), *self._sharing_range(pool)]

    def _sort(self, item: PoolItem) -> _Sort:
        return item.tier, self.admitted(item.traits), item.slug if item.slug in self.hostile else ""

    def uppers(self) -> list[int]:
        return [len(kind.families) for kind in self.kinds for _ in kind.sorts]

    def _gather_kinds(self) -> None:
        alike: dict[tuple[_Sort, ...], list[list[PoolItem]]] = defaultdict(list)
        for members in self.families.values():
            alike[tuple(sorted({self.sort_of[item.version_id] for item in members}))].append(members)
        for sorts, families in alike.items():
            self.kinds.append(_Kind(sorts, len(self.sorts), families))
            self.sorts += sorts

    def _cell_ranges(self) -> list[Range]:
        return [
            Range(tuple(variable for variable, sort in enumerate(self.sorts) if sort[1][position]), cell.minimum, cell.maximum)
            for position, cell in enumerate(self.blueprint.cells)
        ]

    def _family_ranges(self) -> list[Range]:
        return [Range(kind.variables, 0, len(kind.families)) for kind in self.kinds if len(kind.sorts) > 1]

    def _enemy_ranges(self) -> list[Range]:
        return [Range(tuple(variable for variable, sort in enumerate(self.sorts) if sort[2] in group), 0, 1) for group in self.blueprint.enemies]

    def _sharing_range(self, pool: Pool) -> list[Range]:
        if pool.sharing_limit is None:
            return []
        seen = frozenset(self.sort_of[item.version_id] for item in pool.items if item.is_seen)
        return [Range(tuple(variable for variable, sort in enumerate(self.sorts) if sort in seen), 0, pool.sharing_limit)]

    def items_for(self, counts: Sequence[int], random: Random) -> list[PoolItem]:
        """One item from each family that the counts call for, families and items by chance."""
        chosen: list[PoolItem] = []
        for kind in self.kinds:
            families = shuffled(kind.families, random)
            for sort, variable in zip(kind.sorts, kind.variables, strict=True):
                for _ in range(counts[variable]):
                    fitting = [item for item in families.pop() if self.sort_of[item.version_id] == sort]
                    chosen.append(fitting[int(random.random() * len(fitting))])
        return chosen


def shuffled(values: Sequence[T], random: Random) -> list[T]:
    """The values in an order by chance that no later Python will change: built on `random()` alone."""
    result = list(values)
    for last in range(len(result) - 1, 0, -1):
        other = int(random.random() * (last + 1))
        result[last], result[other] = result[other], result[last]
    return result


def draw_form(blueprint: Blueprint, pool: Pool, seed: int) -> tuple[PoolItem, ...] | None:
    """The form that this seed draws from this pool, in the order of its positions; nothing where the pool cannot fill it.

    The same seed over the same pool and blueprint gives the same form, on every machine.
    """
    random = Random(seed)
    problem = _Problem(blueprint, pool)
    tiers = [sort[0] for sort in problem.sorts]
    counts = solve(problem.uppers(), tiers, problem.ranges, blueprint.item_count, random)
    if counts is None:
        return None
    return tuple(shuffled(problem.items_for(counts, random), random))


class CapNote(StrEnum):
    """Why the exposure and sharing caps did not bind on a form."""

    BANK_TOO_SMALL = "bank_too_small"
    """The bank holds less than four forms' worth of items."""
    NONE_WITHIN_CAPS = "none_within_caps"
    """No form within the caps is left for this person."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A form, the pool it was drawn from, and why the caps did not bind where they did not."""

    form: tuple[PoolItem, ...]
    pool: Pool
    note: CapNote | None = None


def recorded_tier(tier: int, draw_version: int) -> int:
    """The tier of a recorded item as it is read today."""
    return tier + SEEN_TIER - RECENT_TIER if draw_version == 1 and tier >= RECENT_TIER else tier


def draw_for(blueprint: Blueprint, items: Sequence[PoolItem], usage: Usage, seed: int) -> Drawn | None:
    """The form for one person: within the caps wherever the bank allows, else least used and least known first.

    No look-alike of what the person met within twelve months is on it, wherever a form without any can be had. A cap never
    keeps somebody from sitting; that it could not be kept is noted, and audited with the start.
    """
    able = [item for item in items if may_fill(blueprint, item)]
    note = CapNote.BANK_TOO_SMALL
    if forms_worth(blueprint, able) >= BINDING_FORMS:
        drawn = _rested_first(blueprint, capped_pool(blueprint, able, usage), seed, None)
        if drawn is not None:
            return drawn
        note = CapNote.NONE_WITHIN_CAPS
    return _rested_first(blueprint, open_pool(able, usage), seed, note)


def _rested_first(blueprint: Blueprint, pool: Pool, seed: int, note: CapNote | None) -> Drawn | None:
    rested = pool.rested()
    for each in (rested, pool) if len(rested.items) < len(pool.items) else (pool,):
        form = draw_form(blueprint, each, seed)
        if form is not None:
            return Drawn(form, each, note)
    return None


def shown_order(ids: Sequence[str], seed: int, position: int, *, never_as_written: bool = False) -> list[str]:
    """In which order the options or steps of the item at this position are shown; steps never in the order they are written in, which is the key."""
    shown = shuffled(ids, Random(f"{seed}:{position}"))
    return shown[1:] + shown[:1] if never_as_written and shown == list(ids) else shown
