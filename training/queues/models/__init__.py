"""Queues, what they require from when on, dated exceptions, and the feed of what changed at the gate."""

from training.queues.models.causes import tell_of_changes
from training.queues.models.changes import AccessCause, AccessChange
from training.queues.models.queues import OverrideProposal, Queue, QueueOverride, QueueVersion

tell_of_changes()

__all__ = ["AccessCause", "AccessChange", "OverrideProposal", "Queue", "QueueOverride", "QueueVersion"]
