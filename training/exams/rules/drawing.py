"""Drawing a form: a seeded choice from a recorded pool that meets every quota and never puts look-alikes together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from random import Random
from typing import TypeVar

from training.exams.rules.blueprint import Blueprint
from training.exams.rules.pool import BINDING_FORMS, RECENT_TIER, SEEN_TIER, Pool, PoolItem, Usage, able_items, capped_pool, forms_worth, open_pool
from training.exams.rules.solving import Puzzle, Range

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


class Layout:
    """A pool and a blueprint as counts and the ranges they must keep: laid out once, and drawn from by any seed."""

    def __init__(self, blueprint: Blueprint, pool: Pool) -> None:
        self._blueprint = blueprint
        self._pool = pool
        self._admitted = blueprint.admission()
        self._families: dict[str, list[PoolItem]] = defaultdict(list)
        for item in sorted(pool.items, key=lambda item: item.version_id):
            self._families[item.family].append(item)
        self._hostile = frozenset[str]().union(*blueprint.enemies)
        self._sort_of = {item.version_id: self._sort(item) for item in pool.items}
        self._kinds: list[_Kind] = []
        self._sorts: list[_Sort] = []
        self._gather_kinds()
        ranges = [*self._cell_ranges(), *self._family_ranges(), *self._enemy_ranges(), *self._sharing_range()]
        uppers = [len(kind.families) for kind in self._kinds for _ in kind.sorts]
        self._puzzle = Puzzle(uppers, [sort[0] for sort in self._sorts], ranges, blueprint.item_count)

    def draw(self, seed: int) -> tuple[PoolItem, ...] | None:
        """The form that this seed draws, in the order of its positions; nothing where the pool cannot fill it."""
        random = Random(seed)
        counts = self._puzzle.solved(random)
        return None if counts is None else tuple(shuffled(self._items_for(counts, random), random))

    def _sort(self, item: PoolItem) -> _Sort:
        return item.tier, self._admitted(item.traits), item.slug if item.slug in self._hostile else ""

    def _gather_kinds(self) -> None:
        alike: dict[tuple[_Sort, ...], list[list[PoolItem]]] = defaultdict(list)
        for members in self._families.values():
            alike[tuple(sorted({self._sort_of[item.version_id] for item in members}))].append(members)
        for sorts, families in alike.items():
            self._kinds.append(_Kind(sorts, len(self._sorts), families))
            self._sorts += sorts

    def _cell_ranges(self) -> list[Range]:
        return [
            Range(tuple(variable for variable, sort in enumerate(self._sorts) if sort[1][position]), cell.minimum, cell.maximum)
            for position, cell in enumerate(self._blueprint.cells)
        ]

    def _family_ranges(self) -> list[Range]:
        return [Range(kind.variables, 0, len(kind.families)) for kind in self._kinds if len(kind.sorts) > 1]

    def _enemy_ranges(self) -> list[Range]:
        return [Range(tuple(variable for variable, sort in enumerate(self._sorts) if sort[2] in group), 0, 1) for group in self._blueprint.enemies]

    def _sharing_range(self) -> list[Range]:
        if self._pool.sharing_limit is None:
            return []
        seen = frozenset(self._sort_of[item.version_id] for item in self._pool.items if item.is_seen)
        return [Range(tuple(variable for variable, sort in enumerate(self._sorts) if sort in seen), 0, self._pool.sharing_limit)]

    def _items_for(self, counts: Sequence[int], random: Random) -> list[PoolItem]:
        """One item from each family that the counts call for, families and items by chance."""
        chosen: list[PoolItem] = []
        for kind in self._kinds:
            families = shuffled(kind.families, random)
            for sort, variable in zip(kind.sorts, kind.variables, strict=True):
                for _ in range(counts[variable]):
                    fitting = [item for item in families.pop() if self._sort_of[item.version_id] == sort]
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
    return Layout(blueprint, pool).draw(seed)


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


class _Tried:
    """One pool to draw from, laid out when it is first needed, and what is noted of a form from it."""

    def __init__(self, blueprint: Blueprint, pool: Pool, note: CapNote | None) -> None:
        self._blueprint = blueprint
        self.pool = pool
        self.note = note

    @cached_property
    def layout(self) -> Layout:
        """Ready to be drawn from."""
        return Layout(self._blueprint, self.pool)


class Basis:
    """What forms are drawn from for everybody who knows and has met the same items, while usage is the same.

    Forms are within the caps wherever the bank allows, else least used and least known first. No look-alike of what the person
    met within twelve months is on one, wherever a form without any can be had. A cap never keeps somebody from sitting;
    that it could not be kept is noted, and audited with the start.
    """

    def __init__(self, blueprint: Blueprint, items: Sequence[PoolItem], usage: Usage, pilots: tuple[PoolItem, ...] = ()) -> None:
        self._blueprint = blueprint
        self._able = able_items(blueprint, items)
        self._usage = usage
        self._pilots = pilots
        self._is_binding = forms_worth(blueprint, self._able) >= BINDING_FORMS

    def draw(self, seed: int) -> Drawn | None:
        """The form that this seed draws; nothing where the bank cannot fill one."""
        for tried in self._in_order():
            form = tried.layout.draw(seed)
            if form is not None:
                return Drawn(form, tried.pool, tried.note)
        return None

    def _in_order(self) -> Iterator[_Tried]:
        if self._is_binding:
            yield from self._within_caps
        yield from self._without_caps

    @cached_property
    def _within_caps(self) -> tuple[_Tried, ...]:
        return self._rested_first(capped_pool(self._blueprint, self._able, self._usage), None)

    @cached_property
    def _without_caps(self) -> tuple[_Tried, ...]:
        return self._rested_first(open_pool(self._able, self._usage), CapNote.NONE_WITHIN_CAPS if self._is_binding else CapNote.BANK_TOO_SMALL)

    def _rested_first(self, pool: Pool, note: CapNote | None) -> tuple[_Tried, ...]:
        whole = replace(pool, pilots=self._pilots)
        rested = whole.rested()
        pools = (rested, whole) if len(rested.items) < len(whole.items) else (whole,)
        return tuple(_Tried(self._blueprint, each, note) for each in pools)


def shown_order(ids: Sequence[str], seed: int, position: int, *, never_as_written: bool = False) -> list[str]:
    """In which order the options or steps of the item at this position are shown; steps never in the order they are written in, which is the key."""
    shown = shuffled(ids, Random(f"{seed}:{position}"))
    return shown[1:] + shown[:1] if never_as_written and shown == list(ids) else shown
