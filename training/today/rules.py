"""What a person's day comes down to: one next thing to do, and what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class StepKind(StrEnum):
    """What a next step can be, the most pressing first."""

    RESUME_EXAM = "resume_exam"
    OVERDUE = "overdue"
    RENEW = "renew"
    READ = "read"
    CHECK = "check"
    PRACTISE = "practise"
    SIT_EXAM = "sit_exam"
    START_COURSE = "start_course"
    KEEP_FRESH = "keep_fresh"


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do: what kind, which document by slug, its title, and by when."""

    kind: StepKind
    subject: str
    title: str
    due_at: datetime | None = None


LATEST = datetime.max.replace(tzinfo=UTC)
RENEWAL_NOTICE = timedelta(days=30)
"""How long before its end a certificate shows up on the page."""


def is_ending_soon(until: datetime | None, now: datetime) -> bool:
    """Whether a certificate's end is near enough to be told."""
    return until is not None and now <= until <= now + RENEWAL_NOTICE


def next_step(steps: Iterable[Step]) -> Step | None:
    """The one thing to do next: the most pressing kind, and within it what is due first, in the order given otherwise."""
    order = list(StepKind)
    return min(steps, key=lambda step: (order.index(step.kind), step.due_at is None, step.due_at or LATEST), default=None)
