"""How an item does among candidates of each ability: its empirical characteristic."""

import numpy as np
from numpy.typing import NDArray

from training.exams.rules.analysis.figures import AbilityGroup
from training.exams.rules.analysis.sheet import Floats, Sheet, Whole
from training.judgements.rules import wilson


def ability_groups(sheet: Sheet, rests: Floats, order: Whole, group: NDArray[np.int8], group_count: int) -> dict[int, tuple[AbilityGroup, ...]]:
    """Per item index its candidates in so many groups by the rest of their form, the lowest first; `group` is which of them each answer's candidate is in.

    `order` is that of `rest_order`: answers of one group of one item stand together in it, the lowest rest first. The proportion right by groups of the rest
    score is what item response functions are held against (Lord & Novick 1968, ch. 16; Allen & Yen 1979, ch. 6).
    """
    empty = AbilityGroup(0, None, None, None, None)
    found = {item: [empty] * group_count for item in range(sheet.item_count)}
    if not len(order):
        return {item: tuple(groups) for item, groups in found.items()}
    cell, rest = sheet.item[order] * group_count + group[order], rests[order]
    starts = np.flatnonzero(np.r_[True, cell[1:] != cell[:-1]])
    ends = np.r_[starts[1:], len(order)]
    earned, total = np.add.reduceat(sheet.credit[order], starts), np.add.reduceat(rest, starts)
    columns = (cell[starts], ends - starts, earned, total, rest[starts], rest[ends - 1])
    for place, count, credit, sum_of_rests, lowest, highest in zip(*(column.tolist() for column in columns), strict=True):
        found[place // group_count][place % group_count] = _group(count, credit, sum_of_rests, lowest, highest)
    return {item: tuple(groups) for item, groups in found.items()}


def _group(count: int, earned: float, rest: float, lowest: float, highest: float) -> AbilityGroup:
    return AbilityGroup(count, rest / count, lowest, highest, wilson(min(earned, float(count)), count))
