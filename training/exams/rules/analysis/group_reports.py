"""Differential functioning of every item between every two groups that are large enough."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from training.exams.rules.analysis.fairness import Stratum, mantel_haenszel
from training.exams.rules.analysis.figures import GroupDifference
from training.exams.rules.analysis.minimums import SHOW_FROM, Figure
from training.exams.rules.analysis.sheet import Flags, Floats, Sheet, rest_proportions

STRATA = 5
"""Candidates are compared with those of the same fifth of rest proportions."""

Groups = Mapping[tuple[str, str], Flags]
"""For each trait and value, such as `("market", "ID")`, who belongs to it: one entry an attempt."""


def group_reports(sheet: Sheet, groups: Groups) -> dict[int, list[GroupDifference]]:
    """Per item version each group of at least 100 answers against at least as many others; a group is compared with everybody who is not in it."""
    found: dict[int, list[GroupDifference]] = defaultdict(list)
    if not len(sheet.item):
        return found
    rests = rest_proportions(sheet)
    known = np.isfinite(rests)
    edges = np.quantile(rests[known], np.arange(1, STRATA) / STRATA) if known.any() else np.zeros(STRATA - 1)
    cell = (sheet.item * STRATA + np.searchsorted(edges, rests, side="right").clip(0, STRATA - 1))[known]
    is_right = (sheet.credit >= 1)[known]
    for (trait, group), members in sorted(groups.items()):
        is_focal = members[sheet.attempt][known]
        tables = np.stack(
            [_counted(sheet, cell, chosen) for chosen in (is_focal & is_right, is_focal & ~is_right, ~is_focal & is_right, ~is_focal & ~is_right)], -1
        )
        for place, difference in _differences(trait, group, tables).items():
            found[int(sheet.version_ids[place])].append(difference)
    return found


def _counted(sheet: Sheet, cell: np.ndarray[tuple[int], np.dtype[np.int64]], chosen: Flags) -> Floats:
    return np.bincount(cell[chosen], minlength=sheet.item_count * STRATA).astype(np.float64).reshape(-1, STRATA)


def _differences(trait: str, group: str, tables: Floats) -> dict[int, GroupDifference]:
    """`tables` counts by item, stratum, and focal right, focal wrong, others right, others wrong."""
    focal, others = tables[:, :, :2].sum(axis=(1, 2)), tables[:, :, 2:].sum(axis=(1, 2))
    least = SHOW_FROM[Figure.DIFFERENTIAL]
    found = {}
    for place in np.flatnonzero((focal >= least) & (others >= least)).tolist():
        functioning = mantel_haenszel([Stratum(*map(int, row)) for row in tables[place].tolist()])
        if functioning is not None:
            found[place] = GroupDifference(trait, group, int(focal[place]), int(others[place]), functioning)
    return found
