"""Deeds upon queues: publish what one requires, grant and end dated exceptions, take down reported work."""

from training.queues.services.overrides import Grant, QueueRefusal, grant_override, revoke_override
from training.queues.services.publishing import publish_queue
from training.queues.services.working import Reported, Row, report_work

__all__ = ["Grant", "QueueRefusal", "Reported", "Row", "grant_override", "publish_queue", "report_work", "revoke_override"]
