"""How surely some values say what half, or nine tenths, of all such values do not exceed."""

from collections.abc import Sequence
from math import comb


def quantile_limits(ordered: Sequence[float], share: float) -> tuple[float, float]:
    """Two of these values, in their order, between which the quantile lies with 95 % or more, whatever the distribution.

    By the binomial distribution of how many values lie below it (Conover 1999). Where the values do not reach so far, a limit is the
    outermost of them.
    """
    count = len(ordered)
    low, high, at_most = 0, count - 1, 0.0
    for below in range(count):
        at_most += comb(count, below) * share**below * (1 - share) ** (count - below)
        if at_most <= 0.025:
            low = below
        if at_most >= 0.975:
            high = below
            break
    return ordered[low], ordered[high]
