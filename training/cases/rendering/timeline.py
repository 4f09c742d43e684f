"""The timeline of a clip: where in its length something is said or written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Moment:
    """Something said or written, at a share of the clip's length."""

    percent: float
    is_chat: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """A clip's length and what happens in it."""

    seconds: float
    moments: tuple[Moment, ...]


def timeline_of(content: Mapping[str, Any], *, seconds: float | None = None) -> Timeline:
    """The timeline of this content, as long as it says or as its recording lasts. Moments whose time cannot be read, or lies behind the end, are left out."""
    length = seconds or int(content.get("duration_seconds", 0))
    found = [Moment(round(100 * at / length, 2), is_chat) for at, is_chat in _times(content) if at is not None and at <= length]
    return Timeline(length, tuple(sorted(found, key=lambda moment: (moment.percent, moment.is_chat))))


def _times(content: Mapping[str, Any]) -> Iterator[tuple[int | None, bool]]:
    for name, is_chat in (("transcript", False), ("chat", True)):
        for line in content.get(name, ()):
            yield seconds_at(line["at"]), is_chat


def seconds_at(text: str) -> int | None:
    """`0:04` is 4, `1:02:03` is 3,723; anything else is not a time of a clip."""
    parts = text.strip().split(":")
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    total = 0
    for part in parts:
        total = total * 60 + int(part)
    return total
