"""What a share of right answers is worth."""

from dataclasses import dataclass
from math import sqrt

WILSON_Z = 1.959963984540054
"""The normal quantile of a two-sided 95 % interval."""

FEWEST_TO_JUDGE = 10
"""Below this many answers a share is too uncertain to show as one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its limits."""

    low: float
    point: float
    high: float


def wilson(right: float, count: int, *, z: float = WILSON_Z) -> Interval | None:
    """The share right / count with its Wilson score interval (Wilson 1927); nothing is known of no answers."""
    if count == 0:
        return None
    share = right / count
    spread = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    centre, scale = share + z * z / (2 * count), 1 + z * z / count
    return Interval(low=max(0.0, (centre - spread) / scale), point=share, high=min(1.0, (centre + spread) / scale))


def highest_rate_behind_none(count: int, *, risk: float = 0.05) -> float:
    """The rate below which something surely lies that did not happen in so many trials: 1 − risk^(1/n) (Clopper & Pearson 1934)."""
    return float(1 - risk ** (1 / count)) if count else 1.0


def difference(one: Interval, other: Interval) -> Interval:
    """How much more `one` is than an independent `other`, with the limits that follow from theirs (Zou & Donner 2008).

    Of two shares with Wilson's limits it is Newcombe's hybrid score interval (1998, method 10).
    """
    point = one.point - other.point
    below = sqrt((one.point - one.low) ** 2 + (other.high - other.point) ** 2)
    above = sqrt((one.high - one.point) ** 2 + (other.point - other.low) ** 2)
    return Interval(point - below, point, point + above)
