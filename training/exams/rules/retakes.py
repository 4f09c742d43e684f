"""How soon and how often somebody may sit for a certification again (defaults: DOMAIN.md, retakes)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.exams.rules.blueprint import RetakeRule
from training.exams.rules.grading import Result


class RetakeReason(StrEnum):
    """Why a start has to wait."""

    COOLDOWN = "retake_cooldown"
    ATTEMPTS_USED = "retake_attempts_used"


@dataclass(frozen=True, slots=True)
class PastAttempt:
    """One finished attempt for the certification, whatever the exam's version was."""

    started_at: datetime
    finished_at: datetime
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Remedial:
    """What has to be practised before a retake: cases in the areas that were weak, since the last attempt."""

    areas: tuple[str, ...]
    done: int
    needed: int

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to practise."""
        return self.done >= self.needed


@dataclass(frozen=True, slots=True)
class Wait:
    """One reason to wait, and until when."""

    reason: RetakeReason
    opens_at: datetime


def _failed_in_a_row(past: Sequence[PastAttempt]) -> int:
    count = 0
    for attempt in reversed(past):
        if attempt.is_passed:
            break
        count += 1
    return count


def _cooldown(past: Sequence[PastAttempt], rule: RetakeRule) -> datetime | None:
    failed = _failed_in_a_row(past)
    if not failed or not rule.cooldown_hours:
        return None
    hours = rule.cooldown_hours[min(failed, len(rule.cooldown_hours)) - 1]
    return past[-1].finished_at + timedelta(hours=hours)


def _attempts_used_until(past: Sequence[PastAttempt], rule: RetakeRule) -> datetime | None:
    if len(past) < rule.attempts:
        return None
    return past[-rule.attempts].started_at + timedelta(days=rule.per_days)


def waits(past: Sequence[PastAttempt], rule: RetakeRule, now: datetime, *, is_allowed: bool = False) -> tuple[Wait, ...]:
    """What keeps somebody from starting now; nothing where they may. `past` is in order of start.

    Who is allowed one more attempt by a trainer does not wait for the period to pass; the pause after the last attempt stays.
    """
    found = (
        (RetakeReason.COOLDOWN, _cooldown(past, rule)),
        (RetakeReason.ATTEMPTS_USED, None if is_allowed else _attempts_used_until(past, rule)),
    )
    return tuple(Wait(reason, opens_at) for reason, opens_at in found if opens_at is not None and now < opens_at)


def opens_at(found: Sequence[Wait]) -> datetime | None:
    """When every wait is over."""
    return max((wait.opens_at for wait in found), default=None)


def weak_areas(result: Result) -> tuple[str, ...]:
    """What is practised after a failed attempt: the areas that fell short; where none did, every area in which something was wrong."""
    short = {shortfall.area for shortfall in result.shortfalls if shortfall.area is not None}
    return tuple(area.area for area in result.areas if (area.area in short if short else area.right_count < area.item_count))
