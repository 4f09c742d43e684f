"""Another look at a question of one's own finished attempt, for a while and under supervision: when it is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ViewingDeed(StrEnum):
    """What is done about it."""

    OPENED = "opened"
    """A trainer lets the candidate look for a while."""
    SEEN = "seen"


class ViewingRefusal(StrEnum):
    """Why a question is not opened, or not shown."""

    NOT_OPEN = "viewing_not_open"
    SITTING = "viewing_while_sitting"
    OWN = "viewing_opened_to_oneself"


@dataclass(frozen=True, slots=True)
class ViewingEvent:
    """One deed, as rules see it."""

    deed: ViewingDeed
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Viewing:
    """Whether the candidate has looked, and until when they may now; nothing where it is not open."""

    is_seen: bool = False
    open_until: datetime | None = None


def viewing_at(events: Sequence[ViewingEvent], now: datetime) -> Viewing:
    """What the deeds come to at an instant. A view ends by itself, and may be opened again."""
    until = max((event.until for event in events if event.until is not None), default=None)
    return Viewing(any(event.deed is ViewingDeed.SEEN for event in events), until if until is not None and now < until else None)
