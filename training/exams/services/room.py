"""What an attempt keeps beside answers counts as well, so that no browser can make it keep things without end."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.exams.models import Attempt
from training.exams.rules.saving import has_room


def take_room(attempt: Attempt, *, by: Actor, now: datetime) -> bool:
    """Count one thing more that an attempt keeps, which the caller holds. Says whether there was room; the audit is told once that there is none."""
    if attempt.full_at is not None:
        return False
    if not has_room(attempt.kept_count, attempt.kept_bytes, 0):
        attempt.full_at = now
        record("attempt.full", by=by, subject=("attempt", attempt.public_id), now=now)
        return False
    attempt.kept_count += 1
    return True
