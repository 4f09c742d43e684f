"""Deeds upon queues: publish what one requires, grant and end dated exceptions, take down reported work, tell of what changed."""

from training.queues.services.overrides import (
    MAY_EXCEPT,
    Grant,
    QueueRefusal,
    confirm_override,
    grant_override,
    propose_override,
    revoke_override,
    withdraw_proposal,
)
from training.queues.services.publishing import publish_queue
from training.queues.services.sequencing import forget_old_changes, sequence
from training.queues.services.working import Reported, Row, report_work

__all__ = [
    "MAY_EXCEPT",
    "Grant",
    "QueueRefusal",
    "Reported",
    "Row",
    "confirm_override",
    "forget_old_changes",
    "grant_override",
    "propose_override",
    "publish_queue",
    "report_work",
    "revoke_override",
    "sequence",
    "withdraw_proposal",
]
