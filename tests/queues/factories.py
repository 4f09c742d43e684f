"""Queues as small and valid as they can be."""

from datetime import UTC, datetime
from typing import Any

import factory

from training.actors import SYSTEM
from training.db import db
from training.queues import queries, services
from training.queues.documents import QueueDocument
from training.queues.queries import PublishedQueue

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


class QueueDocumentFactory(factory.Factory):
    class Meta:
        model = QueueDocument

    id = factory.Sequence(lambda number: f"queue-{number}")
    title = factory.LazyAttribute(lambda made: made.id.replace("-", " ").capitalize())
    summary = "What waits in this queue."
    surfaces = ("listing",)
    areas = ("CLM",)
    severity_ceiling = "S3"
    requires = factory.LazyFunction(dict)


class QueueFactory(factory.Factory):
    """A published queue; `requires` as in its document."""

    class Meta:
        model = PublishedQueue

    @classmethod
    def _create(cls, model_class: type[PublishedQueue], *args: Any, **values: Any) -> PublishedQueue:
        document = QueueDocumentFactory(**values)
        services.publish_queue(document, by=SYSTEM, now=LONG_AGO)
        db.session.commit()
        return queries.queue_by_slug(document.id, now=LONG_AGO)
