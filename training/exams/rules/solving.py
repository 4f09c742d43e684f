"""Whole numbers within ranges: how many items of each sort make a form. Plain Python, and the same on every machine.

Each variable is a count between nothing and its upper bound; each range bounds the sum of some of them. A start is spread
by chance and fitted to the ranges; a depth-first search then fixes one variable after another near it, narrowing the
others' bounds after every step.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

STEPS_A_TRY = 400
TRIES = 12
TRIES_WITHOUT_HOPE = 2
"""Where even fractions could not be fitted to the ranges, whole numbers will hardly be found."""
FITTING_ROUNDS = 12
HOPELESS_ROUNDS = 150
HOPELESS_MISS = 0.05


@dataclass(frozen=True, slots=True)
class Range:
    """The sum of these variables lies between low and high."""

    variables: tuple[int, ...]
    low: int
    high: int


class _System:
    """All the ranges, and which of them each variable is in."""

    def __init__(self, variable_count: int, ranges: Sequence[Range]) -> None:
        self.ranges = ranges
        self.touching: list[list[int]] = [[] for _ in range(variable_count)]
        for place, limits in enumerate(ranges):
            for variable in limits.variables:
                self.touching[variable].append(place)


@dataclass(slots=True)
class _Bounds:
    """What is still possible for each variable."""

    low: list[int]
    high: list[int]

    def fixed(self, variable: int, value: int) -> "_Bounds":
        """The same with one variable fixed."""
        narrower = _Bounds(self.low[:], self.high[:])
        narrower.low[variable] = narrower.high[variable] = value
        return narrower

    def settle(self, system: _System, places: Iterable[int]) -> bool:
        """Narrow by these ranges and by all that this touches, until nothing changes; whether all can still be kept as far as can be seen."""
        waiting = set(places)
        while waiting:
            changed = self._narrow(system.ranges[waiting.pop()])
            if changed is None:
                return False
            for variable in changed:
                waiting.update(system.touching[variable])
        return True

    def _narrow(self, limits: Range) -> list[int] | None:
        """Narrow by one range: the variables that changed, or None where the range cannot be kept."""
        low, high = self.low, self.high
        least, most = sum(map(low.__getitem__, limits.variables)), sum(map(high.__getitem__, limits.variables))
        if least > limits.high or most < limits.low:
            return None
        room, need = limits.high - least, limits.low - most
        changed = []
        for variable in limits.variables:
            lowest, highest = low[variable], high[variable]
            if lowest == highest or (highest + need <= lowest and lowest + room >= highest):
                continue
            low[variable], high[variable] = max(lowest, highest + need), min(highest, lowest + room)
            changed.append(variable)
        return changed


def _spread(tiers: Sequence[int], highs: Sequence[int], total: int, random: Random) -> list[float]:
    """The total spread by chance over the lowest tier, what does not fit over the next."""
    wanted = [0.0] * len(tiers)
    left = float(total)
    for tier in sorted(set(tiers)):
        members = [variable for variable, its_tier in enumerate(tiers) if its_tier == tier]
        capacity = sum(highs[variable] for variable in members)
        share = min(1.0, left / capacity) if capacity else 0.0
        for variable in members:
            wanted[variable] = highs[variable] * share * (0.75 + random.random() / 2)
        left = max(0.0, left - capacity)
    return wanted


def _fit(wanted: list[float], limits: Range, bounds: _Bounds) -> float:
    """Scale the variables of one range so that their sum lies within it, each within its own bounds. Returns how far it was off."""
    have = sum(map(wanted.__getitem__, limits.variables))
    goal = min(max(have, limits.low), limits.high)
    if have == goal:
        return 0.0
    for variable in limits.variables:
        scaled = wanted[variable] * goal / have if have else goal / len(limits.variables)
        wanted[variable] = min(max(scaled, bounds.low[variable]), bounds.high[variable])
    return abs(have - goal)


def _fitted(wanted: list[float], system: _System, bounds: _Bounds, rounds: int) -> float:
    """Fit to all the ranges in turn, so many times (iterative proportional fitting). Returns how far off the last round still was."""
    miss = 0.0
    for _ in range(rounds):
        miss = max(_fit(wanted, limits, bounds) for limits in system.ranges)
        if miss == 0.0:
            break
    return miss


class _Search:
    """One try: depth-first in a fixed order, values nearest to the wanted ones first, with a limited number of steps."""

    def __init__(self, system: _System, order: Sequence[int], wanted: Sequence[float]) -> None:
        self.system = system
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
            narrower = bounds.fixed(variable, value)
            if narrower.settle(self.system, self.system.touching[variable]) and (found := self.run(narrower, depth + 1)) is not None:
                return found
        return None


def _rest(limits: Range, whole: Range) -> Range:
    """What a range says about all the other variables, the sum of all being known: it lets the search see impossibility early."""
    inside = frozenset(limits.variables)
    others = tuple(variable for variable in whole.variables if variable not in inside)
    return Range(others, max(0, whole.low - limits.high), whole.high - limits.low)


def solve(uppers: Sequence[int], tiers: Sequence[int], ranges: Sequence[Range], total: int, random: Random) -> list[int] | None:
    """A count for each variable that keeps every range and sums to the total; lower tiers are used first.

    Nothing where none was found in a bounded number of steps: a bank so tight is not one to draw from.
    """
    whole = Range(tuple(range(len(uppers))), total, total)
    system = _System(len(uppers), (whole, *ranges, *(_rest(limits, whole) for limits in ranges)))
    root = _Bounds([0] * len(uppers), list(uppers))
    if not root.settle(system, range(len(system.ranges))):
        return None
    tries = TRIES
    for number in range(TRIES):
        if number >= tries:
            return None
        wanted = _spread(tiers, root.high, total, random)
        miss = _fitted(wanted, system, root, FITTING_ROUNDS)
        if number == 0 and miss > HOPELESS_MISS and _fitted(wanted[:], system, root, HOPELESS_ROUNDS) > HOPELESS_MISS:
            tries = TRIES_WITHOUT_HOPE
        order = sorted(range(len(uppers)), key=lambda variable: (root.high[variable] - root.low[variable], random.random()))
        found = _Search(system, order, wanted).run(root)
        if found is not None:
            return found
    return None
