"""What a trainer does about the time of several people at once."""

from enum import StrEnum


class CohortTimeDeed(StrEnum):
    """What is done about their time."""

    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
