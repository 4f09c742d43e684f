"""What a service says when policy forbids a well-formed request."""

from enum import StrEnum


class Refusal(Exception):
    """A deed that policy forbids, with its reason; whatever was changed is rolled back.

    A refusal that must leave evidence behind is a returned verdict instead.
    """

    def __init__(self, reason: StrEnum, **detail: object) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


class NotFound(Exception):
    """What was asked for does not exist, or does not exist for this person."""
