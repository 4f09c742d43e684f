"""Which attempts somebody is asked to look at, and how common what was seen is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

ABSENCES_TO_LOOK_AT = 5
ABSENT_SECONDS_TO_LOOK_AT = 60.0
TAKEOVERS_TO_LOOK_AT = 2
RAPID_TO_LOOK_AT = 3
RAPID_SHARE_TO_LOOK_AT = 0.10
ATTEMPTS_FOR_A_BASE_RATE = 20
"""Among fewer, how common something is cannot be said."""


class Figure(StrEnum):
    """What is counted of an attempt and compared with other attempts."""

    FOCUS = "focus_count"
    PASTE = "paste_count"
    TAKEOVER = "takeover_count"
    RAPID = "rapid_count"
    SIMILAR = "similar_count"


@dataclass(frozen=True, slots=True)
class Noticed:
    """How much was noticed about one attempt."""

    focus_count: int = 0
    focus_seconds: float = 0.0
    paste_count: int = 0
    takeover_count: int = 0
    rapid_count: int = 0
    timed_count: int = 0
    is_impossibly_fast: bool = False
    similar_count: int = 0

    @property
    def is_to_be_looked_at(self) -> bool:
        """Whether a person is asked to look: more than happens to everybody, and never that something was wrong."""
        return (
            self.focus_count >= ABSENCES_TO_LOOK_AT
            or self.focus_seconds >= ABSENT_SECONDS_TO_LOOK_AT
            or self.paste_count > 0
            or self.takeover_count >= TAKEOVERS_TO_LOOK_AT
            or (self.rapid_count >= RAPID_TO_LOOK_AT and self.rapid_count >= RAPID_SHARE_TO_LOOK_AT * self.timed_count)
            or self.is_impossibly_fast
            or self.similar_count > 0
        )


@dataclass(frozen=True, slots=True)
class BaseRate:
    """How many of how many attempts showed a thing as often or oftener."""

    as_often: int
    of: int

    @property
    def share(self) -> float | None:
        """As a share; nothing where there are too few attempts to say."""
        return self.as_often / self.of if self.of >= ATTEMPTS_FOR_A_BASE_RATE else None


def base_rate(histogram: Mapping[int, int], count: int) -> BaseRate:
    """How common at least `count` is, by how many attempts showed each count."""
    return BaseRate(sum(attempts for seen, attempts in histogram.items() if seen >= count), sum(histogram.values()))
