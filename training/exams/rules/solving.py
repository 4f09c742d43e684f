"""Whole numbers within ranges: how many items of each sort make a form. Plain Python, and the same on every machine.

Each variable is a count between nothing and its upper bound; each range bounds the sum of some of them. A start is spread
by chance and fitted to the ranges; a depth-first search then fixes one variable after another near it, narrowing the
others' bounds after every step. What does not depend on chance is worked out once for all who draw from the same pool.
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
    """All the ranges, which of them each variable is in, and how far a variable of each can move at all."""

    def __init__(self, uppers: Sequence[int], ranges: Sequence[Range]) -> None:
        self.ranges = ranges
        self.touching: list[list[int]] = [[] for _ in uppers]
        for place, limits in enumerate(ranges):
            for variable in limits.variables:
                self.touching[variable].append(place)
        self.widest = [max((uppers[variable] for variable in limits.variables), default=0) for limits in ranges]


@dataclass(slots=True)
class _Bounds:
    """What is still possible for each variable, and for the sum of each range."""

    low: list[int]
    high: list[int]
    least: list[int]
    most: list[int]

    def fixed(self, system: _System, variable: int, value: int) -> "_Bounds":
        """The same with one variable fixed."""
        narrower = _Bounds(self.low[:], self.high[:], self.least[:], self.most[:])
        narrower._move(system, variable, value, value)
        return narrower

    def _move(self, system: _System, variable: int, lowest: int, highest: int) -> None:
        """Set one variable's bounds, and follow in the sums of its ranges."""
        up, down = lowest - self.low[variable], highest - self.high[variable]
        self.low[variable], self.high[variable] = lowest, highest
        for place in system.touching[variable]:
            self.least[place] += up
            self.most[place] += down

    def settle(self, system: _System, places: Iterable[int]) -> bool:
        """Narrow by these ranges and by all that this touches, until nothing changes; whether all can still be kept as far as can be seen."""
        waiting = set(places)
        while waiting:
            place = waiting.pop()
            limits, widest = system.ranges[place], system.widest[place]
            room, need = limits.high - self.least[place], limits.low - self.most[place]
            if room < 0 or need > 0:
                return False
            if room < widest or -need < widest:
                for variable in self._narrow(system, limits.variables, room, need):
                    waiting.update(system.touching[variable])
        return True

    def _narrow(self, system: _System, variables: Iterable[int], room: int, need: int) -> list[int]:
        """Narrow the variables of one range, whose sum may rise by `room` and must not fall by more than `-need`: those that changed."""
        changed = []
        for variable in variables:
            lowest, highest = self.low[variable], self.high[variable]
            if lowest == highest or (highest + need <= lowest and lowest + room >= highest):
                continue
            self._move(system, variable, max(lowest, highest + need), min(highest, lowest + room))
            changed.append(variable)
        return changed


def _fit(wanted: list[float], limits: Range, bounds: _Bounds) -> float:
    """Scale the variables of one range so that their sum lies within it, each within its own bounds. Returns how far it was off."""
    have = sum(map(wanted.__getitem__, limits.variables))
    goal = min(max(have, limits.low), limits.high)
    if have == goal:
        return 0.0
    low, high = bounds.low, bounds.high
    for variable in limits.variables:
        scaled = wanted[variable] * goal / have if have else goal / len(limits.variables)
        wanted[variable] = low[variable] if scaled < low[variable] else high[variable] if scaled > high[variable] else scaled
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
        wanted = self.wanted[variable]
        values = range(bounds.low[variable], bounds.high[variable] + 1)
        for value in sorted(values, key=lambda value: abs(value - wanted)):
            if self.steps_left <= 0:
                return None
            self.steps_left -= 1
            narrower = bounds.fixed(self.system, variable, value)
            if narrower.settle(self.system, self.system.touching[variable]) and (found := self.run(narrower, depth + 1)) is not None:
                return found
        return None


def _rest(limits: Range, whole: Range) -> Range:
    """What a range says about all the other variables, the sum of all being known: it lets the search see impossibility early."""
    inside = frozenset(limits.variables)
    others = tuple(variable for variable in whole.variables if variable not in inside)
    return Range(others, max(0, whole.low - limits.high), whole.high - limits.low)


class Puzzle:
    """Counts that keep every range and sum to the total, as far as they are the same whatever chance says."""

    def __init__(self, uppers: Sequence[int], tiers: Sequence[int], ranges: Sequence[Range], total: int) -> None:
        whole = Range(tuple(range(len(uppers))), total, total)
        self._system = _System(uppers, (whole, *ranges, *(_rest(limits, whole) for limits in ranges)))
        self._root = self._settled(uppers)
        self._total = total
        self._by_tier = [[variable for variable, its_tier in enumerate(tiers) if its_tier == tier] for tier in sorted(set(tiers))]

    def _settled(self, uppers: Sequence[int]) -> _Bounds | None:
        """What every solution keeps; nothing where there is none."""
        ranges = self._system.ranges
        most = [sum(map(uppers.__getitem__, limits.variables)) for limits in ranges]
        root = _Bounds([0] * len(uppers), list(uppers), [0] * len(ranges), most)
        return root if root.settle(self._system, range(len(ranges))) else None

    def solved(self, random: Random) -> list[int] | None:
        """A count for each variable; lower tiers are used first.

        Nothing where none was found in a bounded number of steps: a bank so tight is not one to draw from.
        """
        if self._root is None:
            return None
        root, tries = self._root, TRIES
        for number in range(TRIES):
            if number >= tries:
                return None
            wanted = self._spread(root.high, random)
            miss = _fitted(wanted, self._system, root, FITTING_ROUNDS)
            if number == 0 and miss > HOPELESS_MISS and _fitted(wanted[:], self._system, root, HOPELESS_ROUNDS) > HOPELESS_MISS:
                tries = TRIES_WITHOUT_HOPE
            order = sorted(range(len(root.low)), key=lambda variable: (root.high[variable] - root.low[variable], random.random()))
            found = _Search(self._system, order, wanted).run(root)
            if found is not None:
                return found
        return None

    def _spread(self, highs: Sequence[int], random: Random) -> list[float]:
        """The total spread by chance over the lowest tier, what does not fit over the next."""
        wanted = [0.0] * len(highs)
        left = float(self._total)
        for members in self._by_tier:
            capacity = sum(map(highs.__getitem__, members))
            share = min(1.0, left / capacity) if capacity else 0.0
            for variable in members:
                wanted[variable] = highs[variable] * share * (0.75 + random.random() / 2)
            left = max(0.0, left - capacity)
        return wanted
