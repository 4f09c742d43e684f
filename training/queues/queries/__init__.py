"""What the gate reads, and the queues there are."""

from training.queues.queries.evidence import Gathered, access_of, gather
from training.queues.queries.queues import (
    PublishedQueue,
    current_overrides,
    latest_version,
    queue_by_slug,
    queue_override,
    queues,
    stored_queue,
)

__all__ = [
    "Gathered",
    "PublishedQueue",
    "access_of",
    "current_overrides",
    "gather",
    "latest_version",
    "queue_by_slug",
    "queue_override",
    "queues",
    "stored_queue",
]
