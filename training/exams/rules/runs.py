"""What a score run says beside its result: why it was made, what it marked, and how it differs from the run before."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from training.exams.rules.grading import Mark, unpack_marks


class RunReason(StrEnum):
    """Why an attempt was graded."""

    SUBMITTED = "submitted"
    EXPIRED = "expired"
    MARKED = "marked"
    """Its written replies have been marked."""
    APPEALED = "appealed"
    """A written reply was marked once more because its candidate appealed."""
    RULED = "ruled"
    """A ruling about the key of an item on its form."""
    LATE_ANSWERS = "late_answers"
    """A ruling that answers which arrived late count."""
    RULES_CHANGED = "rules_changed"
    """A newer version of the rules of grading."""


def pack_items(version_ids: Sequence[int]) -> bytes:
    """The item versions of a form by place, four bytes each, little-endian: what analysis and regrading read instead of a row a place."""
    return struct.pack(f"<{len(version_ids)}I", *version_ids)


def unpack_items(packed: bytes) -> tuple[int, ...]:
    """The item versions by place. Raises struct.error where the length is no multiple of four."""
    return struct.unpack(f"<{len(packed) // 4}I", packed)


@dataclass(frozen=True, slots=True)
class PlaceMark:
    """What a run says of one place."""

    mark: Mark
    counts: bool
    credit: float | None = None
    """How much of it is right, where the mark is partial."""


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """One place that two runs mark differently."""

    position: int
    before: PlaceMark | None
    after: PlaceMark | None


def place_marks(marks: bytes, earned: Mapping[str, float]) -> tuple[PlaceMark, ...]:
    """What a run says of every place, in order."""
    return tuple(
        PlaceMark(mark, counts, earned.get(str(position)) if mark is Mark.PARTIAL else None)
        for position, (mark, counts) in enumerate(unpack_marks(marks), start=1)
    )


def changes(before: Sequence[PlaceMark], after: Sequence[PlaceMark]) -> tuple[PlaceChange, ...]:
    """The places that differ between two runs of one form, in order; none where a run says what the one before said."""
    pairs = enumerate(zip_longest(before, after), start=1)
    return tuple(PlaceChange(position, old, new) for position, (old, new) in pairs if old != new)
