"""What is veiled at first, and when a break is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

PAUSE = timedelta(minutes=10)
"""So long without a case is a break."""

BREAK_AFTER = timedelta(minutes=25)
BREAK_AFTER_SEVERE_COUNT = 8

DISTRESSING_AREAS = frozenset({"HRM", "SXM"})
"""Areas whose words, not only their pictures, may distress."""


class Veil(StrEnum):
    """What of a case is blurred until its reader shows it. Anything but nothing comes with a warning."""

    NOTHING = "nothing"
    PICTURES = "pictures"
    EVERYTHING = "everything"


def veil_over(area: str, *, is_severe: bool, is_blurring: bool) -> Veil:
    """How a case is first shown: `is_severe` says that its family is, `is_blurring` that its reader wants it blurred."""
    if not (is_severe and is_blurring):
        return Veil.NOTHING
    return Veil.EVERYTHING if area in DISTRESSING_AREAS else Veil.PICTURES


@dataclass(frozen=True, slots=True)
class Looked:
    """That a person had a case before them at an instant."""

    at: datetime
    is_severe: bool


def is_break_due(looked: Sequence[Looked], *, now: datetime) -> bool:
    """Whether the person has worked without a pause for 25 minutes, or on 8 severe cases. `looked` is newest first."""
    stretch: list[Looked] = []
    later = now
    for look in looked:
        if later - look.at > PAUSE:
            break
        stretch.append(look)
        later = look.at
    severe_count = sum(look.is_severe for look in stretch)
    return bool(stretch) and (now - stretch[-1].at >= BREAK_AFTER or severe_count >= BREAK_AFTER_SEVERE_COUNT)
