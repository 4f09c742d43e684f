"""Deeds upon endpoints: make them, promise them what changed, pause and resume, send."""

from training.integrations.services.endpoints import pause, promise_changes, replay, replay_since, resume
from training.integrations.services.sealing import create_endpoint, rotate_secret
from training.integrations.services.sending import Answer, send

__all__ = ["Answer", "create_endpoint", "pause", "promise_changes", "replay", "replay_since", "resume", "rotate_secret", "send"]
