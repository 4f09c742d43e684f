"""Balanced blocks: small forms that keep a blueprint's proportions, drawn one after another from one pool."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from training.exams.rules.blueprint import Blueprint, Cell, Condition
from training.exams.rules.drawing import CapNote, draw_form
from training.exams.rules.pool import BINDING_FORMS, Pool, PoolItem, Usage, capped_pool, forms_worth, open_pool

FEWEST_ELIGIBLE = 90
"""Where a bank has fewer for the areas in question, the exam is a fixed form."""
PLENTY = 2
"""With twice what all blocks need of every quota, no draw has to prove it."""


def balanced_block(blueprint: Blueprint, size: int) -> Blueprint:
    """The blueprint of one block: every quota in proportion, its minimum rounded down and its maximum up."""
    cells = tuple(
        Cell(cell.conditions, cell.minimum * size // blueprint.item_count, -(-cell.maximum * size // blueprint.item_count)) for cell in blueprint.cells
    )
    return Blueprint(size, cells, blueprint.enemies)


def eligible_count(blueprint: Blueprint, items: Sequence[PoolItem]) -> int:
    """How many items the bank has in the areas that the blueprint names; look-alikes count once."""
    areas = {value for cell in blueprint.cells for condition, value in cell.conditions if condition is Condition.AREA}
    return len({item.family for item in items if not areas or item.traits.area in areas})


def draw_next(block: Blueprint, pool: Pool, seed: int, drawn: Sequence[Sequence[PoolItem]]) -> tuple[PoolItem, ...] | None:
    """The block that follows these: no family twice among them all, nor two enemies; nothing where the pool has no more.

    The same seed over the same pool gives the same blocks, on every machine.
    """
    seeds = Random(seed)
    own_seed = [int(seeds.random() * 2**53) for _ in range(len(drawn) + 1)][-1]
    return draw_form(block, _without(pool, [item for earlier in drawn for item in earlier], block), own_seed)


def draw_blocks(block: Blueprint, pool: Pool, seed: int, most: int) -> tuple[tuple[PoolItem, ...], ...]:
    """Up to so many blocks, as far as the pool goes."""
    blocks: list[tuple[PoolItem, ...]] = []
    while len(blocks) < most:
        drawn = draw_next(block, pool, seed, blocks)
        if drawn is None:
            break
        blocks.append(drawn)
    return tuple(blocks)


def _without(pool: Pool, drawn: Sequence[PoolItem], block: Blueprint) -> Pool:
    families = {item.family for item in drawn}
    slugs = {item.slug for item in drawn}
    enemies = frozenset[str]().union(*(group for group in block.enemies if group & slugs))
    kept = tuple(item for item in pool.items if item.family not in families and item.slug not in enemies)
    return Pool(kept, pool.sharing_limit)


def block_count(block: Blueprint, pool: Pool, seed: int, most: int) -> int:
    """How many blocks of one attempt the pool can fill, up to so many. Where it has plenty of everything, without drawing them all."""
    unseen = [item for item in pool.items if pool.sharing_limit is None or not item.is_seen]
    if forms_worth(block, unseen) >= PLENTY * most:
        return most
    return len(draw_blocks(block, pool, seed, most))


@dataclass(frozen=True, slots=True)
class DrawnBlocks:
    """The first block of an attempt, how many there can be, the pool they are drawn from, and why the caps did not bind where they did not."""

    first: tuple[PoolItem, ...]
    count: int
    pool: Pool
    note: CapNote | None = None


def draw_blocks_for(blueprint: Blueprint, size: int, items: Sequence[PoolItem], usage: Usage, *, seed: int, cap: int) -> DrawnBlocks | None:
    """The blocks for one person; nothing where not even one can be filled.

    Within the exposure and sharing caps where the bank holds four forms' worth of the whole blueprint, and enough is left to decide.
    """
    block, most = balanced_block(blueprint, size), cap // size
    capped, whole = capped_pool(block, items, usage), open_pool(items, usage)
    if forms_worth(blueprint, items) < BINDING_FORMS:
        return _drawn(block, whole, seed, most, CapNote.BANK_TOO_SMALL)
    within = _drawn(block, capped, seed, most, None)
    if within is not None and within.count * size >= min(FEWEST_ELIGIBLE, most * size):
        return within
    return _drawn(block, whole, seed, most, CapNote.NONE_WITHIN_CAPS)


def _drawn(block: Blueprint, pool: Pool, seed: int, most: int, note: CapNote | None) -> DrawnBlocks | None:
    first = draw_next(block, pool, seed, ())
    return DrawnBlocks(first, block_count(block, pool, seed, most), pool, note) if first is not None and most else None
