"""Cases whose reference is in doubt."""

from enum import StrEnum


class HoldDeed(StrEnum):
    """What can happen to a case on account of a rule that changed."""

    HELD = "held"
    RELEASED = "released"


class HoldRefusal(StrEnum):
    """Why a case is not let go."""

    NOT_HELD = "case_not_held"
