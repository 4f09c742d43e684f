"""What people may do about what audits say."""

from enum import StrEnum


class ProposalVerdict(StrEnum):
    """What a person made of a proposal to suspend."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class CoachingDeed(StrEnum):
    """What happens about a coaching."""

    OPENED = "opened"
    HELD = "held"
    """The talk took place."""
    NOTED = "noted"
    CLOSED = "closed"
