"""Policy changes as they are kept."""

from pydantic import TypeAdapter

from training.policy_changes.rules.changes import PolicyChange

CHANGE = TypeAdapter(PolicyChange)
"""Reads and writes a change as JSON."""
