"""The queues there are, and the exceptions that act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from training.accounts.models import Person
from training.db import db
from training.errors import NotFound
from training.queues.documents import QueueDocument
from training.queues.models import Queue, QueueOverride, QueueVersion


@dataclass(frozen=True, slots=True)
class PublishedQueue:
    """A queue as it is now."""

    id: int
    number: int
    document: QueueDocument

    @property
    def slug(self) -> str:
        """Its stable name."""
        return self.document.id


def queues(*, now: datetime) -> list[PublishedQueue]:
    """Every queue as it is now, by title."""
    statement = (
        select(Queue, QueueVersion)
        .join(QueueVersion, QueueVersion.queue_id == Queue.id)
        .where(QueueVersion.effective_from <= now)
        .order_by(Queue.id, QueueVersion.effective_from, QueueVersion.number)
    )
    latest = {
        queue.id: PublishedQueue(queue.id, version.number, QueueDocument.model_validate(version.document)) for queue, version in db.session.execute(statement)
    }
    return sorted(latest.values(), key=lambda queue: (queue.document.title, queue.slug))


def queue_by_slug(slug: str, *, now: datetime) -> PublishedQueue:
    """The queue of this name as it is now. Raises NotFound."""
    found = next((queue for queue in queues(now=now) if queue.slug == slug), None)
    if found is None:
        raise NotFound(slug)
    return found


def stored_queue(slug: str) -> Queue | None:
    """The row of this name."""
    return db.session.scalar(select(Queue).where(Queue.slug == slug))


def latest_version(queue_id: int) -> QueueVersion | None:
    """The version published last."""
    return db.session.scalar(select(QueueVersion).where(QueueVersion.queue_id == queue_id).order_by(QueueVersion.number.desc()).limit(1))


def queue_override(override_id: int) -> QueueOverride:
    """The exception of this id. Raises NotFound."""
    found = db.session.get(QueueOverride, override_id)
    if found is None:
        raise NotFound(override_id)
    return found


def current_overrides(*, now: datetime) -> Sequence[Row[QueueOverride, Person, Queue]]:
    """Every exception that acts now or will, the one that ends first on top."""
    statement = (
        select(QueueOverride, Person, Queue)
        .join(Person, Person.id == QueueOverride.person_id)
        .join(Queue, Queue.id == QueueOverride.queue_id)
        .where(QueueOverride.effective_until > now, QueueOverride.revoked_at.is_(None))
        .order_by(QueueOverride.effective_until, QueueOverride.id)
    )
    return db.session.execute(statement).all()
