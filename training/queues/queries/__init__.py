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
from training.queues.queries.searching import Found, actions_open, people_let_in, queues_open

__all__ = [
    "Found",
    "Gathered",
    "Matrix",
    "PublishedQueue",
    "QueueAnswer",
    "access_of",
    "actions_open",
    "answers_for",
    "certifications_asked_for",
    "current_overrides",
    "demands_of",
    "gather",
    "latest_version",
    "matrix",
    "people_let_in",
    "personal_record",
    "queue_by_slug",
    "queue_override",
    "queues",
    "queues_open",
    "stored_queue",
    "titles",
    "titles_by_certification",
]
