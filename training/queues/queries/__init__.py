"""What the gate reads, and the queues there are."""

from training.queues.queries.evidence import Gathered, access_of, gather
from training.queues.queries.queues import (
    Matrix,
    PublishedQueue,
    QueueAnswer,
    answers_for,
    certifications_asked_for,
    current_overrides,
    demands_of,
    latest_version,
    matrix,
    personal_record,
    queue_by_slug,
    queue_override,
    queues,
    stored_queue,
    titles,
    titles_by_certification,
)

__all__ = [
    "Gathered",
    "Matrix",
    "PublishedQueue",
    "QueueAnswer",
    "access_of",
    "answers_for",
    "certifications_asked_for",
    "current_overrides",
    "demands_of",
    "gather",
    "latest_version",
    "matrix",
    "personal_record",
    "queue_by_slug",
    "queue_override",
    "queues",
    "stored_queue",
    "titles",
    "titles_by_certification",
]
