"""Marks into a result: the weighted total, area minimums, innocent minimum and critical misses, each shortfall with its figures."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from math import fsum

from training.exams.rules.blueprint import DecisionClass, PassRule
from training.exams.rules.sequential.decision import Outcome, Plan, Verdict, outcome
from training.judgements.rules import Interval, wilson

RULE_VERSION = "2025.1"
"""Kept with every score run; raised when the same marks would give another result."""


class Mark(IntEnum):
    """What one item earned. The numbers are stored, one byte an item."""

    WRONG = 0
    RIGHT = 1
    BLANK = 2
    CRITICAL_MISS = 3
    PARTIAL = 4
    """Right in part: the credit is kept beside the marks."""
    PENDING = 5
    """Waits for a marker."""


UNCOUNTED = 0x80
"""The bit of a stored mark that says that its place does not count."""


def pack_marks(marks: Sequence[Mark], counted: Sequence[bool]) -> bytes:
    """One byte a place, in order: the mark, with the highest bit set where the place does not count. Raises ValueError where the lengths differ."""
    return bytes(mark if counts else mark | UNCOUNTED for mark, counts in zip(marks, counted, strict=True))


def unpack_marks(packed: bytes) -> list[tuple[Mark, bool]]:
    """The marks in order, each with whether its place counts. Raises ValueError for a byte that is no mark."""
    return [(Mark(byte & ~UNCOUNTED), not byte & UNCOUNTED) for byte in packed]


class ShortfallKind(StrEnum):
    """Why a result does not pass."""

    TOTAL = "total"
    AREA = "area"
    INNOCENT = "innocent"
    CRITICAL_MISS = "critical_miss"
    EVIDENCE = "evidence"
    """A sequential attempt in which the evidence was not enough."""


@dataclass(frozen=True, slots=True)
class Graded:
    """One item of a form with its mark."""

    area: str
    weight: int
    decision_class: DecisionClass
    mark: Mark
    counts: bool = True
    """A place that does not count is left out of everything: a pilot item, or one dropped by a ruling."""
    credit: float = 0.0
    """How much of it is right where the mark is partial, in (0, 1)."""

    @property
    def earned(self) -> float:
        """The share of its weight that it earns."""
        return self.credit if self.mark is Mark.PARTIAL else float(self.mark is Mark.RIGHT)


@dataclass(frozen=True, slots=True)
class AreaResult:
    """How one area went, unweighted."""

    area: str
    right_count: int
    item_count: int
    interval: Interval
    """The share with its 95 % Wilson limits."""
    needed: int | None
    """How many had to be right; None where there were too few items to judge."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One reason for not passing: what was reached, out of what, and what was needed.

    For the total these are weight points, for an area or the innocent items counts, for critical misses how many there were and how many are allowed.
    """

    kind: ShortfallKind
    reached: float
    out_of: int
    needed: int
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to. Passed is the absence of shortfalls."""

    earned_weight: float
    """Partial credit makes it a fraction, exact to six digits."""
    total_weight: int
    right_count: int
    item_count: int
    critical_count: int
    innocent_right: int
    innocent_count: int
    areas: tuple[AreaResult, ...]
    shortfalls: tuple[Shortfall, ...]
    sequence: Outcome | None = None
    """How the evidence stood where the attempt was sequential."""

    @property
    def is_passed(self) -> bool:
        """Whether nothing is missing."""
        return not self.shortfalls

    @property
    def share(self) -> float:
        """The weighted share that was right."""
        return self.earned_weight / self.total_weight if self.total_weight else 0.0


def needed_of(count: int, percent: int) -> int:
    """The least whole number that is at least this percentage of a count."""
    return -(-count * percent // 100)


def _areas(items: Sequence[Graded], rule: PassRule) -> tuple[AreaResult, ...]:
    marks: dict[str, list[bool]] = defaultdict(list)
    for item in items:
        marks[item.area].append(item.mark is Mark.RIGHT)
    return tuple(_area(area, sum(rights), len(rights), rule) for area, rights in sorted(marks.items()))


def _area(area: str, right: int, count: int, rule: PassRule) -> AreaResult:
    interval = wilson(right, count)
    assert interval is not None
    return AreaResult(area, right, count, interval, needed_of(count, rule.area_percent) if count >= rule.area_minimum_items else None)


def _shortfalls(result: Result, rule: PassRule) -> tuple[Shortfall, ...]:
    found = []
    total_needed = needed_of(result.total_weight, rule.weighted_percent)
    if result.earned_weight < total_needed:
        found.append(Shortfall(ShortfallKind.TOTAL, result.earned_weight, result.total_weight, total_needed))
    for area in result.areas:
        if area.needed is not None and area.right_count < area.needed:
            found.append(Shortfall(ShortfallKind.AREA, area.right_count, area.item_count, area.needed, area.area))
    innocent_needed = needed_of(result.innocent_count, rule.innocent_percent)
    if result.innocent_right < innocent_needed:
        found.append(Shortfall(ShortfallKind.INNOCENT, result.innocent_right, result.innocent_count, innocent_needed))
    if result.critical_count > rule.critical_misses_allowed:
        found.append(Shortfall(ShortfallKind.CRITICAL_MISS, result.critical_count, result.item_count, rule.critical_misses_allowed))
    return tuple(found)


def grade(items: Sequence[Graded], rule: PassRule) -> Result:
    """The result of a form. The order of items never matters; a better mark never makes a worse result.

    Partial credit earns its share of the weight; in counts only what is right as a whole is right.
    """
    items = [item for item in items if item.counts]
    innocent = [item for item in items if item.decision_class is DecisionClass.INNOCENT]
    result = Result(
        earned_weight=round(fsum(item.weight * item.earned for item in items), 6),
        total_weight=sum(item.weight for item in items),
        right_count=sum(item.mark is Mark.RIGHT for item in items),
        item_count=len(items),
        critical_count=sum(item.mark is Mark.CRITICAL_MISS for item in items),
        innocent_right=sum(item.mark is Mark.RIGHT for item in innocent),
        innocent_count=len(innocent),
        areas=_areas(items, rule),
        shortfalls=(),
    )
    return replace(result, shortfalls=_shortfalls(result, rule))


NOTHING_ASKED = PassRule(weighted_percent=0, area_percent=0, area_minimum_items=1, innocent_percent=0, critical_misses_allowed=1_000_000)
"""A sequential attempt is decided by its evidence alone, for which its chances are exact."""


def grade_sequence(items: Sequence[Graded], plan: Plan) -> Result:
    """The result of a sequential attempt, in the order of its places. Only a pass by the evidence passes; undecided does not."""
    graded = grade(items, NOTHING_ASKED)
    found = outcome([item.mark is Mark.RIGHT if item.counts else None for item in items], plan)
    missing = Shortfall(ShortfallKind.EVIDENCE, found.right_count, found.item_count, found.needed)
    areas = tuple(replace(area, needed=None) for area in graded.areas)
    return replace(graded, areas=areas, sequence=found, shortfalls=() if found.verdict is Verdict.PASSED else (missing,))
