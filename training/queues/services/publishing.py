"""Publish what a queue requires."""

from datetime import datetime

from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.queues import queries
from training.queues.documents import QueueDocument
from training.queues.models import Queue, QueueVersion


def publish_queue(document: QueueDocument, *, by: Actor, now: datetime) -> bool:
    """Make this what the queue is and requires from now on. Says whether anything changed."""
    queue = queries.stored_queue(document.id)
    if queue is None:
        queue = Queue(slug=document.id)
        db.session.add(queue)
        db.session.flush()
    latest = queries.latest_version(queue.id)
    if latest is not None and latest.content_hash == document.content_hash():
        return False
    version = QueueVersion(
        queue_id=queue.id,
        number=latest.number + 1 if latest else 1,
        document=document.model_dump(mode="json"),
        content_hash=document.content_hash(),
        effective_from=now,
        recorded_at=now,
    )
    db.session.add(version)
    record("queue.published", by=by, subject=("queue", document.id), now=now, detail={"number": version.number, "content_hash": version.content_hash})
    return True
