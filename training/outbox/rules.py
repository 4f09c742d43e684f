"""When a mail that could not be sent is tried again."""

from datetime import timedelta

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
MOST_TRIES = 20
"""After four days of trying, somebody has to look."""


def pause_after(try_count: int) -> timedelta | None:
    """How long to wait after so many failed tries: a minute, doubling, six hours at most; None is for ever."""
    if try_count >= MOST_TRIES:
        return None
    factor: int = 2 ** (try_count - 1)
    return min(FIRST_PAUSE * factor, LONGEST_PAUSE)
