"""Balanced blocks: in proportion, without look-alikes among them all, and drawn again the same."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exams.banks import AREAS, BLUEPRINT, bank, cell, pool_item
from training.exams.rules.blueprint import Blueprint
from training.exams.rules.drawing import CapNote
from training.exams.rules.pool import Pool, PoolItem, Usage
from training.exams.rules.sequential.blocks import balanced_block, block_count, draw_blocks, draw_blocks_for, eligible_count

NOTHING_USED = Usage(0, {}, frozenset())


def keeps(blueprint: Blueprint, form: Sequence[PoolItem]) -> bool:
    return all(one.minimum <= sum(one.admits(item.traits) for item in form) <= one.maximum for one in blueprint.cells)


def test_a_block_keeps_every_quota_in_proportion() -> None:
    block = balanced_block(BLUEPRINT, 10)
    assert block.item_count == 10
    assert [(one.minimum, one.maximum) for one in block.cells] == [(2, 3), (2, 3), (2, 3), (2, 3), (3, 5), (4, 6), (0, 2)]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**53), st.sampled_from((8, 10, 20)))
def test_blocks_are_balanced_hold_no_family_twice_and_are_drawn_again_the_same(seed: int, size: int) -> None:
    block, pool = balanced_block(BLUEPRINT, size), Pool(bank(160))
    blocks = draw_blocks(block, pool, seed, 5)
    assert len(blocks) == 5
    assert all(keeps(block, drawn) for drawn in blocks)
    families = [item.family for drawn in blocks for item in drawn]
    assert len(set(families)) == len(families)
    assert draw_blocks(block, pool, seed, 3) == blocks[:3]


def test_an_enemy_of_a_drawn_item_is_in_no_later_block() -> None:
    block = Blueprint(2, (cell(2, 2, area="PRO"),), (frozenset({"item-1", "item-2", "item-3"}),))
    drawn = draw_blocks(block, Pool(tuple(pool_item(number) for number in range(1, 9))), 5, 4)
    assert len({item.slug for one in drawn for item in one} & {"item-1", "item-2", "item-3"}) <= 1


def test_there_are_as_many_blocks_as_the_bank_fills() -> None:
    block = Blueprint(3, (cell(3, 3, area="PRO"),))
    pool = Pool(tuple(pool_item(number) for number in range(10)))
    assert block_count(block, pool, 1, 5) == 3
    assert block_count(block, Pool(tuple(pool_item(number) for number in range(100))), 1, 5) == 5


def test_a_small_bank_warns_and_a_large_one_keeps_the_caps() -> None:
    small = draw_blocks_for(BLUEPRINT, 10, bank(120), NOTHING_USED, seed=1, cap=207)
    large = draw_blocks_for(BLUEPRINT, 10, bank(800), NOTHING_USED, seed=1, cap=207)
    assert small is not None and large is not None
    assert small.note is CapNote.BANK_TOO_SMALL
    assert (large.note, large.count, large.pool.sharing_limit) == (None, 20, 2)


def test_where_the_caps_leave_too_little_they_are_noted_as_not_kept() -> None:
    items = bank(200)
    usage = Usage(100, {item.slug: 60 for item in items}, frozenset())
    drawn = draw_blocks_for(BLUEPRINT, 10, items, usage, seed=1, cap=100)
    assert drawn is not None
    assert (drawn.note, drawn.count) == (CapNote.NONE_WITHIN_CAPS, 10)


def test_a_bank_that_fills_no_block_gives_nothing() -> None:
    assert draw_blocks_for(BLUEPRINT, 10, bank(4), NOTHING_USED, seed=1, cap=207) is None


def test_eligible_are_the_families_of_the_areas_in_question() -> None:
    items = [*bank(40), pool_item(41, family="family-1", area="PRO"), replace(pool_item(42), family="family-42")]
    assert eligible_count(BLUEPRINT, items) == 41
    one_area = Blueprint(5, (cell(5, 5, area=AREAS[0]),))
    assert eligible_count(one_area, bank(40)) == 10
    assert eligible_count(Blueprint(5, (cell(1, 5, kind="case"),)), bank(40)) == 40
