"""Whether an item's key is wrong, by the likelihood ratio of MEASUREMENT.md, section 4: a flag that stops new draws, and decides nothing.

LR_k = Π_i P(u_i | true key = k) / P(u_i | stored key). A candidate of accuracy p gives the true key with p and each of
the m − 1 other answers with (1 − p) / (m − 1). Somebody who answered k therefore multiplies LR_k by p (m − 1) / (1 − p),
somebody who gave the stored key divides it by as much, and whoever gave a third answer, or none, leaves it as it is.
"""

from math import log

import numpy as np
from numpy.typing import NDArray

from training.exams.rules.analysis.figures import Suspicion
from training.exams.rules.analysis.sheet import Cells, Floats, Sheet, Whole

FIRST_LOOK = 5
LOWEST, HIGHEST = 0.05, 0.98


def accuracies(rests: Floats) -> Floats:
    """Each candidate's accuracy from the other items of the form: (20 · rest + 0.8) / 21, within .05 and .98. Nothing known of the rest: .05."""
    return np.clip((20 * np.nan_to_num(rests) + 0.8) / 21, LOWEST, HIGHEST)


def evidence(accuracy: float, answer_count: int) -> float:
    """By how much one candidate moves ln LR: ln(p (m − 1) / (1 − p))."""
    return log(accuracy * (answer_count - 1) / (1 - accuracy))


def looks_up_to(count: int) -> list[int]:
    """After how many answers an item is looked at: 5, 10, 20, 40, … Each look takes the first answers only, so looking again changes nothing."""
    looks, each = [], FIRST_LOOK
    while each <= count:
        looks.append(each)
        each *= 2
    return looks


def suspicions(sheet: Sheet, cells: Cells, rests: Floats, answer_counts: Whole) -> dict[int, list[Suspicion]]:
    """Per item index the strongest suspicion of each look at it, in order of the looks.

    `answer_counts` says for each item among how many answers a candidate chooses (m). An answer that is right under the stored
    key speaks for it, whichever of several accepted answers it is; one that is partly right or of an unknown code says nothing.
    """
    counts = np.bincount(sheet.item, minlength=sheet.item_count)
    look = _look_of(sheet, counts)
    accuracy = accuracies(rests)
    weight = np.log(accuracy * (answer_counts[sheet.item] - 1) / (1 - accuracy))
    looks = max(len(looks_up_to(int(counts.max(initial=0)))), 1)
    is_right = sheet.credit >= 1
    is_other = (sheet.credit <= 0) & (sheet.code > 0)
    used = look < looks
    stored = _gathered(sheet.item, look, weight, is_right & used, (sheet.item_count, looks))
    other = _gathered(cells.where, look, weight, is_other & used, (len(cells.keys), looks))
    spoken_for = np.flatnonzero(np.bincount(cells.where[is_other], minlength=len(cells.keys)))
    item, code = cells.item[spoken_for], cells.code[spoken_for]
    ratios = other[spoken_for] - stored[item]
    found: dict[int, list[Suspicion]] = {}
    for place, rows in _strongest(item, ratios).items():
        sizes = looks_up_to(int(counts[place]))
        found[place] = [Suspicion(size, int(code[row]), float(ratios[row, step])) for step, (size, row) in enumerate(zip(sizes, rows, strict=False))]
    return found


def _look_of(sheet: Sheet, counts: Whole) -> Whole:
    """The first look that takes each answer in, from 0; past the last look where none does yet."""
    order = np.argsort(sheet.item.astype(np.uint16) if sheet.item_count <= 65_536 else sheet.item, kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.ceil(np.log2(np.maximum((rank + 1) / FIRST_LOOK, 1))).astype(np.int64)


def _gathered(group: Whole, look: Whole, weight: Floats, chosen: NDArray[np.bool_], shape: tuple[int, int]) -> Floats:
    """The sum of weights per group and look, each look with all that came before."""
    cells = np.bincount(group[chosen] * shape[1] + look[chosen], weight[chosen], shape[0] * shape[1])
    return np.asarray(cells.reshape(shape).cumsum(axis=1))


def _strongest(item: Whole, ratios: Floats) -> dict[int, list[int]]:
    """Per item, for each look, the row of the highest ratio; of equal ones the first."""
    found: dict[int, list[int]] = {}
    starts = np.flatnonzero(np.r_[True, item[1:] != item[:-1]]) if len(item) else np.array([], dtype=np.int64)
    for start, end in zip(starts.tolist(), np.r_[starts[1:], len(item)].tolist() if len(starts) else [], strict=True):
        found[int(item[start])] = [start + int(row) for row in ratios[start:end].argmax(axis=0)]
    return found
