"""When a sequential attempt ends, and how: a likelihood ratio against two bounds, looked at after complete blocks only.

The ratio tests "true accuracy p1" against "p0 or lower". By Ville's inequality it exceeds 1/α with probability at most α for
somebody at p0 or lower, wherever the attempt stops; so nothing but reaching that bound passes, and never the sign at the cap.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import log

FEWEST_ITEMS = 20
"""No attempt ends before as many items."""


class Verdict(StrEnum):
    """What the rule says of the answers so far."""

    GOING_ON = "going_on"
    PASSED = "passed"
    STOPPED = "stopped"
    """The evidence is against passing."""
    OUT_OF_REACH = "out_of_reach"
    """Not even right answers to all that is left before the cap would pass."""
    CAP = "cap"
    """The most items there are, and the evidence does not pass."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One try: whom to tell from whom, with which chances of error, over how many items at most.

    `p0` is the accuracy that must not pass and `p1` the one that should; `alpha` is what this try may spend of the chance of a
    false pass, `beta` the chance of stopping somebody at `p1`; `cap` counts items, and so does a `block`.
    """

    p0: float
    p1: float
    alpha: float
    beta: float
    cap: int
    block: int

    @property
    def right_weight(self) -> float:
        """What a right answer adds to the evidence: ln(p1/p0)."""
        return log(self.p1 / self.p0)

    @property
    def wrong_weight(self) -> float:
        """What a wrong answer adds, below zero: ln((1 − p1)/(1 − p0))."""
        return log((1.0 - self.p1) / (1.0 - self.p0))

    @property
    def pass_bound(self) -> float:
        """The evidence that passes: ln(1/α)."""
        return log(1.0 / self.alpha)

    @property
    def stop_bound(self) -> float:
        """The evidence that stops: ln(β/(1 − α))."""
        return log(self.beta / (1.0 - self.alpha))

    def evidence(self, right_count: int, item_count: int) -> float:
        """The logarithm of the likelihood ratio."""
        return right_count * self.right_weight + (item_count - right_count) * self.wrong_weight

    def needed(self, item_count: int) -> int:
        """How many of these have to be right to pass; more than there are where so few cannot pass."""
        return next((right for right in range(item_count + 1) if self.evidence(right, item_count) >= self.pass_bound), item_count + 1)

    def may_end_after(self, place: int, counted: int) -> bool:
        """Whether the attempt may end after this place: never before 20 counted items, and only after a complete block."""
        return counted >= FEWEST_ITEMS and (place % self.block == 0 or place >= self.cap)

    @property
    def earliest_pass(self) -> int | None:
        """After how many right answers without an error an attempt can pass at the earliest; nothing where the cap is too low."""
        places = range(1, self.cap + 1)
        return next((place for place in places if self.may_end_after(place, place) and self.needed(place) <= place), None)

    @property
    def earliest_end(self) -> int:
        """After how many items an attempt can end at all."""
        return min(-(-FEWEST_ITEMS // self.block) * self.block, self.cap)

    def capped(self, cap: int) -> "Plan":
        """The same with at most as many items, in complete blocks."""
        return replace(self, cap=min(self.cap, cap) // self.block * self.block)

    def verdict(self, right_count: int, counted: int, place: int) -> Verdict:
        """What the rule says after this place, of which so many items count and so many are right."""
        if not self.may_end_after(place, counted):
            return Verdict.GOING_ON
        evidence = self.evidence(right_count, counted)
        if evidence >= self.pass_bound:
            return Verdict.PASSED
        if place >= self.cap:
            return Verdict.CAP
        if evidence <= self.stop_bound:
            return Verdict.STOPPED
        is_out_of_reach = evidence + (self.cap - place) * self.right_weight < self.pass_bound
        return Verdict.OUT_OF_REACH if is_out_of_reach else Verdict.GOING_ON


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sequential attempt stands: the verdict and what it rests on."""

    verdict: Verdict
    right_count: int
    item_count: int
    needed: int
    """How many of the items had to be right to pass there."""
    evidence: float
    pass_bound: float
    stop_bound: float


def outcome(rights: Sequence[bool | None], plan: Plan) -> Outcome:
    """What the marks come to, place by place; None where a place does not count.

    Where the evidence was enough at any allowed end it passes, also where a later ruling gave the attempt more items than it
    would have had: the bound on a false pass holds for the highest evidence on the way.
    """
    right = counted = 0
    found = Verdict.GOING_ON
    for place, mark in enumerate(rights, start=1):
        if mark is not None:
            counted += 1
            right += mark
        if plan.may_end_after(place, counted):
            found = plan.verdict(right, counted, place)
        if found is Verdict.PASSED:
            break
    return Outcome(found, right, counted, plan.needed(counted), plan.evidence(right, counted), plan.pass_bound, plan.stop_bound)
