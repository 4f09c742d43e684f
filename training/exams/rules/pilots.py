"""Items on trial: shown among those that count, marked as what they are, and never counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from training.exams.rules.blueprint import Blueprint
from training.exams.rules.drawing import shuffled
from training.exams.rules.pool import Pool, PoolItem, Usage, able_items, open_pool


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a form."""

    item: PoolItem
    is_pilot: bool = False


def pilots_for(blueprint: Blueprint, items: Sequence[PoolItem], usage: Usage) -> tuple[PoolItem, ...]:
    """The items on trial that this person may be shown beside such a form: like those that count, and new to them."""
    if not blueprint.pilot_count:
        return ()
    return tuple(item for item in open_pool(able_items(blueprint, items), usage).items if not item.is_recent)


def pilots_at_once(blueprint: Blueprint, items: Sequence[PoolItem]) -> int:
    """How many of these items on trial one form could show beside those that count, at most: of look-alikes one."""
    return min(blueprint.pilot_count, len({item.family for item in able_items(blueprint, items)}))


def with_pilots(blueprint: Blueprint, form: Sequence[PoolItem], pool: Pool, seed: int) -> tuple[Place, ...]:
    """The form with up to so many items on trial among the others, the least used first; no look-alike of anything on it.

    The same seed over the same pool gives the same places, on every machine.
    """
    random = Random(f"{seed}:pilots")
    chosen = _chosen(blueprint.pilot_count, form, pool.pilots, random)
    length = len(form) + len(chosen)
    places_of_pilots = sorted(shuffled(range(length), random)[: len(chosen)])
    counted, pilots = iter(form), iter(chosen)
    return tuple(Place(next(pilots), True) if place in places_of_pilots else Place(next(counted)) for place in range(length))


def _chosen(count: int, form: Sequence[PoolItem], pilots: Sequence[PoolItem], random: Random) -> list[PoolItem]:
    families = {item.family for item in form}
    chosen: list[PoolItem] = []
    for item in sorted(shuffled(sorted(pilots, key=lambda item: item.version_id), random), key=lambda item: item.tier):
        if len(chosen) < count and item.family not in families:
            chosen.append(item)
            families.add(item.family)
    return chosen
