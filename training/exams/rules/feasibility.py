"""Whether a bank can fill a blueprint, and if not, which quota lacks what. Shown when an exam is published."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from training.exams.rules.blueprint import Blueprint, Cell, words_of
from training.exams.rules.drawing import draw_form
from training.exams.rules.pool import Pool, PoolItem

PROOF_SEED = 20_251_111
"""Any seed would do; a fixed one gives the same verdict every time."""


class LackKind(StrEnum):
    """How a bank falls short of a blueprint."""

    TOO_FEW_ITEMS = "too_few_items"
    CELL_TOO_FEW = "cell_too_few"
    TOO_FEW_OUTSIDE_CELL = "too_few_outside_cell"
    CELL_IN_THE_WAY = "cell_in_the_way"
    CELLS_TOGETHER = "cells_together"


@dataclass(frozen=True, slots=True)
class Lack:
    """One way in which the bank falls short: of which quota, what it asks, and what can be had."""

    kind: LackKind
    cell: str
    """The quota's conditions in words; empty where the whole form is meant."""
    needed: int
    available: int

    def __str__(self) -> str:
        """As the author of the exam reads it."""
        return SENTENCES[self.kind].format(cell=self.cell, needed=self.needed, available=self.available)


SENTENCES = {
    LackKind.TOO_FEW_ITEMS: "the form has {needed} items, the bank holds {available} that may be on one form",
    LackKind.CELL_TOO_FEW: "the cell {cell} asks for {needed}, the bank holds {available}",
    LackKind.TOO_FEW_OUTSIDE_CELL: "the maximum of the cell {cell} leaves {needed} places for other items, the bank holds {available}",
    LackKind.CELL_IN_THE_WAY: "with all the other cells kept, the cell {cell} can have {available}, it says {needed}",
    LackKind.CELLS_TOGETHER: "the cells cannot be met together, whichever one is changed; begin with {cell}",
}


def lacks(blueprint: Blueprint, items: Sequence[PoolItem]) -> tuple[Lack, ...]:
    """Everything that keeps this bank from filling this blueprint; nothing is the proof that it can.

    The proof is a form, drawn as a candidate's would be. Look-alikes count as one item throughout.
    """
    pool = Pool(tuple(items))
    if draw_form(blueprint, pool, PROOF_SEED) is not None:
        return ()
    return plain_lacks(blueprint, items) or _tangled_lacks(blueprint, pool) or (_together(blueprint),)


def _families(items: Sequence[PoolItem]) -> int:
    return len({item.family for item in items})


def plain_lacks(blueprint: Blueprint, items: Sequence[PoolItem]) -> tuple[Lack, ...]:
    """Quotas that cannot be met even alone, and a form longer than the bank."""
    found = []
    if _families(items) < blueprint.item_count:
        found.append(Lack(LackKind.TOO_FEW_ITEMS, "", blueprint.item_count, _families(items)))
    for cell in blueprint.cells:
        inside = _families([item for item in items if cell.admits(item.traits)])
        outside = _families([item for item in items if not cell.admits(item.traits)])
        if inside < cell.minimum:
            found.append(Lack(LackKind.CELL_TOO_FEW, words_of(cell.conditions), cell.minimum, inside))
        if outside < blueprint.item_count - cell.maximum:
            found.append(Lack(LackKind.TOO_FEW_OUTSIDE_CELL, words_of(cell.conditions), blueprint.item_count - cell.maximum, outside))
    return tuple(found)


def _tangled_lacks(blueprint: Blueprint, pool: Pool) -> tuple[Lack, ...]:
    """Quotas of which one alone stands in the way of all the others, with the nearest number that would do."""
    found = []
    for position, cell in enumerate(blueprint.cells):
        reachable = _reachable(blueprint, position, pool)
        if reachable is not None:
            needed = cell.minimum if reachable < cell.minimum else cell.maximum
            found.append(Lack(LackKind.CELL_IN_THE_WAY, words_of(cell.conditions), needed, reachable))
    return tuple(found)


def _reachable(blueprint: Blueprint, position: int, pool: Pool) -> int | None:
    """How many items of this cell a form can have when every other quota is kept, as near to its range as possible."""
    cell = blueprint.cells[position]
    if draw_form(_with_range(blueprint, position, 0, blueprint.item_count), pool, PROOF_SEED) is None:
        return None
    distances = range(1, blueprint.item_count + 1)
    nearest = (count for distance in distances for count in (cell.minimum - distance, cell.maximum + distance) if 0 <= count <= blueprint.item_count)
    return next((count for count in nearest if draw_form(_with_range(blueprint, position, count, count), pool, PROOF_SEED) is not None), None)


def _with_range(blueprint: Blueprint, position: int, minimum: int, maximum: int) -> Blueprint:
    cells = list(blueprint.cells)
    cells[position] = Cell(cells[position].conditions, minimum, maximum)
    return replace(blueprint, cells=tuple(cells))


def _together(blueprint: Blueprint) -> Lack:
    """No single quota is to blame: say the one that asks most."""
    most = max(blueprint.cells, key=lambda cell: cell.minimum, default=None)
    needed = most.minimum if most else blueprint.item_count
    return Lack(LackKind.CELLS_TOGETHER, words_of(most.conditions) if most else "", needed, 0)
