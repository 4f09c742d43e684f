"""Dated exceptions: grant one, end one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal
from training.queues.models import QueueOverride
from training.queues.queries import PublishedQueue

LONGEST_OVERRIDE = timedelta(hours=72)
SHORTEST_REASON = 10
"""Letters that a reason has at least."""


class QueueRefusal(StrEnum):
    """Why an exception is not granted or ended."""

    NOBODY_FOR_THEMSELVES = "override_for_oneself"
    REASON_MISSING = "override_reason_missing"
    TOO_LONG = "override_too_long"
    ENDS_BEFORE_IT_BEGINS = "override_ends_before_it_begins"
    ALREADY_OVER = "override_already_over"


@dataclass(frozen=True, slots=True)
class Grant:
    """What an exception does, why, and from when until when."""

    allows: bool
    reason: str
    since: datetime
    until: datetime


def grant_override(person_id: int, queue: PublishedQueue, grant: Grant, *, by: Actor, now: datetime) -> QueueOverride:
    """Open or close a queue for one person for a while; 72 hours at most, and nobody for themselves. It never reaches into the past."""
    begins = max(grant.since, now)
    if by.id is None or by.id == person_id:
        raise Refusal(QueueRefusal.NOBODY_FOR_THEMSELVES)
    if len(grant.reason.strip()) < SHORTEST_REASON:
        raise Refusal(QueueRefusal.REASON_MISSING)
    if grant.until <= begins:
        raise Refusal(QueueRefusal.ENDS_BEFORE_IT_BEGINS)
    if grant.until - begins > LONGEST_OVERRIDE:
        raise Refusal(QueueRefusal.TOO_LONG)
    override = QueueOverride(
        person_id=person_id,
        queue_id=queue.id,
        effect="allow" if grant.allows else "deny",
        reason=grant.reason.strip(),
        effective_from=begins,
        effective_until=grant.until,
        recorded_at=now,
        granted_by_id=by.id,
    )
    db.session.add(override)
    db.session.flush()
    detail = {"queue": queue.slug, "effect": override.effect, "until": grant.until.isoformat(), "reason": override.reason}
    record("override.granted", by=by, subject=("person", person_id), now=now, detail=detail)
    return override


def revoke_override(override: QueueOverride, *, by: Actor, now: datetime) -> None:
    """End an exception before its time."""
    if override.revoked_at is not None or override.effective_until <= now:
        raise Refusal(QueueRefusal.ALREADY_OVER)
    if by.id == override.person_id:
        raise Refusal(QueueRefusal.NOBODY_FOR_THEMSELVES)
    override.revoked_at = now
    override.revoked_recorded_at = now
    record("override.revoked", by=by, subject=("person", override.person_id), now=now, detail={"override": override.id})
