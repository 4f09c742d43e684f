"""The exact operating curve of a sequential plan: by dynamic programming over the items answered and the right ones among them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from training.exams.rules.chances import in_all_tries
from training.exams.rules.sequential.decision import Plan, Verdict
from training.exams.rules.sequential.tries import MOST_TRIES

CURVE_ACCURACIES = (0.70, 0.75, 0.78, 0.80, 0.82, 0.84, 0.86, 0.88, 0.90, 0.92, 0.94, 0.96, 0.98)


@dataclass(frozen=True, slots=True)
class OperatingPoint:
    """What becomes of people of one true accuracy: the chance to pass in one try and in all, and how many items a try takes on average."""

    accuracy: float
    passing: float
    passing_in_all: float
    mean_items: float


def _step(states: Mapping[int, float], accuracy: float) -> dict[int, float]:
    after: dict[int, float] = defaultdict(float)
    for right, chance in states.items():
        after[right + 1] += chance * accuracy
        after[right] += chance * (1.0 - accuracy)
    return after


@lru_cache(maxsize=4096)
def operating_point(plan: Plan, accuracy: float) -> OperatingPoint:
    """The exact figures for one true accuracy, the same for every item."""
    states: dict[int, float] = {0: 1.0}
    passing = mean_items = 0.0
    for place in range(1, plan.cap + 1):
        ended = {}
        after = _step(states, accuracy)
        if plan.may_end_after(place, place):
            ended = {right: plan.verdict(right, place, place) for right in after}
        states = {right: chance for right, chance in after.items() if ended.get(right, Verdict.GOING_ON) is Verdict.GOING_ON}
        passing += sum(chance for right, chance in after.items() if ended.get(right) is Verdict.PASSED)
        mean_items += place * (sum(after.values()) - sum(states.values()))
    return OperatingPoint(accuracy, passing, in_all_tries(passing, MOST_TRIES), mean_items)


def operating_curve(plan: Plan) -> tuple[OperatingPoint, ...]:
    """The curve over the accuracies that it is shown for, the plan's own two among them."""
    return tuple(operating_point(plan, accuracy) for accuracy in sorted({*CURVE_ACCURACIES, plan.p0, plan.p1}))
