"""Whole numbers within ranges: how many items of each sort make a form. Exact, in plain Python, the same on every machine.

Each variable is a count between nothing and its upper bound; each range bounds the sum of some of them. The search
fixes one variable after another near its target and narrows the others' bounds after every step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

STEPS_A_TRY = 400
TRIES = 12


@dataclass(frozen=True, slots=True)
class Range:
    """The sum of these variables lies between low and high."""

    variables: tuple[int, ...]
    low: int
    high: int


@dataclass(slots=True)
class _Bounds:
    """What is still possible for each variable."""

    low: list[int]
    high: list[int]

    def copy(self) -> "_Bounds":
        return _Bounds(self.low[:], self.high[:])

    def narrow(self, limits: Range) -> bool | None:
        """Narrow by one range: whether anything changed, or None where the range cannot be kept."""
        least = sum(self.low[variable] for variable in limits.variables)
        most = sum(self.high[variable] for variable in limits.variables)
        if least > limits.high or most < limits.low:
            return None
        room, need = limits.high - least, limits.low - most
        changed = False
        for variable in limits.variables:
            low, high = self.low[variable], self.high[variable]
            if low + room < high:
                self.high[variable] = low + room
                changed = True
            if high + need > low:
                self.low[variable] = high + need
                changed = True
        return changed

    def settle(self, ranges: Sequence[Range]) -> bool:
        """Narrow by all ranges until nothing changes; whether all can still be kept as far as can be seen."""
        changed = True
        while changed:
            changed = False
            for limits in ranges:
                narrowed = self.narrow(limits)
                if narrowed is None:
                    return False
                changed = changed or narrowed
        return True


def targets(tiers: Sequence[int], bounds_high: Sequence[int], total: int, random: Random) -> list[int]:
    """Where the search begins: the total spread over the lowest tier in proportion, what does not fit over the next."""
    wanted = [0] * len(tiers)
    left = total
    for tier in sorted(set(tiers)):
        members = [variable for variable, its_tier in enumerate(tiers) if its_tier == tier]
        capacity = sum(bounds_high[variable] for variable in members)
        share = min(1.0, left / capacity) if capacity else 0.0
        for variable in members:
            wanted[variable] = int(bounds_high[variable] * share + random.random())
        left = max(0, left - capacity)
    return wanted


class _Search:
    """One try: a depth-first search in a fixed order with a limited number of steps."""

    def __init__(self, ranges: Sequence[Range], order: Sequence[int], wanted: Sequence[int]) -> None:
        self.ranges = ranges
        self.order = order
        self.wanted = wanted
        self.steps_left = STEPS_A_TRY

    def run(self, bounds: _Bounds, depth: int = 0) -> list[int] | None:
        while depth < len(self.order) and bounds.low[self.order[depth]] == bounds.high[self.order[depth]]:
            depth += 1
        if depth == len(self.order):
            return bounds.low
        variable = self.order[depth]
        values = range(bounds.low[variable], bounds.high[variable] + 1)
        for value in sorted(values, key=lambda value: abs(value - self.wanted[variable])):
            if self.steps_left <= 0:
                return None
            self.steps_left -= 1
            narrower = bounds.copy()
            narrower.low[variable] = narrower.high[variable] = value
            if narrower.settle(self.ranges) and (found := self.run(narrower, depth + 1)) is not None:
                return found
        return None


def solve(uppers: Sequence[int], tiers: Sequence[int], ranges: Sequence[Range], total: int, random: Random) -> list[int] | None:
    """A count for each variable that keeps every range and sums to the total; lower tiers are used first.

    Nothing where none was found in a bounded number of steps: a bank so tight is not one to draw from.
    """
    everything = (*ranges, Range(tuple(range(len(uppers))), total, total))
    root = _Bounds([0] * len(uppers), list(uppers))
    if not root.settle(everything):
        return None
    for _ in range(TRIES):
        wanted = targets(tiers, root.high, total, random)
        order = sorted(range(len(uppers)), key=lambda variable: (tiers[variable], random.random()))
        found = _Search(everything, order, wanted).run(root)
        if found is not None:
            return found
    return None
