"""Deeds upon endpoints: promise them what changed, pause and resume, send. What seals secrets is in `sealing`, apart."""

from training.integrations.services.endpoints import pause, promise_changes, replay, replay_since, resume
from training.integrations.services.sending import Answer, send

__all__ = ["Answer", "pause", "promise_changes", "replay", "replay_since", "resume", "send"]
