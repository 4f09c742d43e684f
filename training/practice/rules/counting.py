"""What may be told of a group to somebody else: counts that say nothing of one person, neither alone nor beside other counts."""

from collections.abc import Sequence
from datetime import UTC, datetime

FEWEST_TOLD = 5
"""A count is told of so many people at least, and where as many others are not counted in it."""

SMALLEST_GROUP = 2 * FEWEST_TOLD
MONTHS_COMPARED = 24


def told_count(count: int, *, of: int) -> int | None:
    """This many of a group, if it may be told: neither few, nor all but few. None otherwise, nought included, for "nobody" tells of everybody."""
    return count if FEWEST_TOLD <= count <= of - FEWEST_TOLD else None


def latest_told(groups: Sequence[frozenset[int]]) -> int | None:
    """Which of these groups, the same team at one month's begin after the other, was told of last; None where none may be.

    Two groups that differ by fewer than five people are never both told of: the difference of their counts would be
    about those few. Then what was said of the earlier one stands.
    """
    told: list[int] = []
    for place, group in enumerate(groups):
        is_apart = all(group == groups[other] or len(group ^ groups[other]) >= FEWEST_TOLD for other in told)
        if len(group) >= SMALLEST_GROUP and is_apart:
            told.append(place)
    return told[-1] if told else None


def months_begun(*, now: datetime, count: int) -> list[datetime]:
    """When the last months began, in UTC, this one's begin last."""
    last = now.astimezone(UTC)
    numbers = [last.year * 12 + last.month - 1 - back for back in reversed(range(count))]
    return [datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC) for number in numbers]
