"""Appeals against the marks of a written reply: until when, about what, and what comes of one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TIME_TO_APPEAL = timedelta(days=14)
"""After everything was marked: before, nobody knows what to appeal against."""
SHORTEST_REASON, LONGEST_REASON = 10, 2_000
"""Letters."""


class AppealRefusal(StrEnum):
    """Why an appeal is not taken."""

    NOT_MARKED = "appeal_before_the_marks"
    NO_MARKS = "appeal_about_what_has_no_marks"
    TOO_LATE = "appeal_too_late"


class AppealState(StrEnum):
    """What came of an appeal."""

    WAITS = "waits"
    RAISED = "raised"
    LOWERED = "lowered"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class AppealGround:
    """What an appeal would stand on."""

    marked_at: datetime | None
    """Since when the result is there; nothing while something waits for a marker."""
    has_marks: bool
    """Whether there is a reply at that place, and markers marked it."""


def may_appeal_until(marked_at: datetime) -> datetime:
    """Until when the marks of a reply can be appealed against."""
    return marked_at + TIME_TO_APPEAL


def appeal_refusal(ground: AppealGround, *, now: datetime) -> AppealRefusal | None:
    """Why this appeal is not taken, or nothing."""
    if ground.marked_at is None:
        return AppealRefusal.NOT_MARKED
    if not ground.has_marks:
        return AppealRefusal.NO_MARKS
    return AppealRefusal.TOO_LATE if now > may_appeal_until(ground.marked_at) else None


def appeal_state(before: float, after: float | None) -> AppealState:
    """What came of an appeal, by the share of its points that the reply earned before and earns since; nothing earned since: it waits."""
    if after is None:
        return AppealState.WAITS
    if after == before:
        return AppealState.UNCHANGED
    return AppealState.RAISED if after > before else AppealState.LOWERED
