"""Whether an item became easier or harder: facility of its earlier answers against its later ones."""

from dataclasses import dataclass
from math import sqrt

FIRST_LOOK = 100
SURPRISING = 3.29
"""|z| that chance alone reaches once in a thousand looks."""


@dataclass(frozen=True, slots=True)
class Drift:
    """Facility of the first and of the second half of the answers looked at, and the test of two proportions."""

    looked_at: int
    earlier: float
    later: float
    z: float

    @property
    def is_surprising(self) -> bool:
        """Whether chance alone would seldom bring so much."""
        return abs(self.z) > SURPRISING


def look_up_to(count: int) -> int | None:
    """Over how many answers the latest look goes: 100, 200, 400, …, so that looking every minute raises no false alarms; none below 100."""
    if count < FIRST_LOOK:
        return None
    return FIRST_LOOK << ((count // FIRST_LOOK).bit_length() - 1)


def drift(earlier_right: float, later_right: float, half: int) -> Drift:
    """Two halves of equal size against each other: z = (p₂ − p₁) / √(p (1 − p) · 2 / n), p over both."""
    earlier, later = earlier_right / half, later_right / half
    pooled = (earlier + later) / 2
    error = sqrt(pooled * (1 - pooled) * 2 / half)
    return Drift(2 * half, earlier, later, (later - earlier) / error if error else 0.0)
