"""What queues required, and the exceptions that acted."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from training.db import db
from training.insights.rules import Moment
from training.queues.models import Queue, QueueOverride, QueueVersion


def queue_versions(*, known_at: datetime) -> Mapping[str, Sequence[QueueVersion]]:
    """Every version of every queue that had been recorded by then, by queue, in the order in which they took effect."""
    asked = select(Queue.slug, QueueVersion).join(QueueVersion, QueueVersion.queue_id == Queue.id).where(QueueVersion.recorded_at <= known_at)
    found = defaultdict[str, list[QueueVersion]](list)
    for slug, version in db.session.execute(asked.order_by(Queue.slug, QueueVersion.effective_from, QueueVersion.number)):
        found[slug].append(version)
    return found


def queue_exists(slug: str, *, at: datetime) -> bool:
    """Whether there was a queue of this name."""
    asked = select(QueueVersion.id).join(Queue, Queue.id == QueueVersion.queue_id).where(Queue.slug == slug, QueueVersion.effective_from <= at)
    return db.session.scalar(asked.limit(1)) is not None


def exceptions(person_ids: Sequence[int], moment: Moment) -> Mapping[int, tuple[tuple[QueueOverride, str], ...]]:
    """The exceptions for these people that acted then, as they were known at its end, each with its queue, in order."""
    asked = select(QueueOverride, Queue.slug).join(Queue, Queue.id == QueueOverride.queue_id)
    rows = db.session.execute(asked.where(QueueOverride.person_id.in_(person_ids), QueueOverride.recorded_at <= moment.at).order_by(QueueOverride.id))
    found = defaultdict[int, tuple[tuple[QueueOverride, str], ...]](tuple)
    for row, slug in rows:
        if moment.touches(row.effective_from, ended_at(row, moment.at) or row.effective_until):
            found[row.person_id] += ((row, slug),)
    return found


def ended_at(row: QueueOverride, known_at: datetime) -> datetime | None:
    """When the exception was ended before its time, as far as it was known then."""
    return row.revoked_at if row.revoked_recorded_at is not None and row.revoked_recorded_at <= known_at else None
