"""Policy changes as they are kept."""

from pydantic import TypeAdapter

from training.policy_changes.rules.changes import PolicyChange

CHANGE = TypeAdapter(PolicyChange)
"""Reads and writes a change as JSON."""

CHANGES = TypeAdapter(tuple[PolicyChange, ...])
"""The same for all changes of a plan."""
