"""When what could not be sent is tried again."""

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


FIRST_POST_PAUSE = timedelta(seconds=5)
DAYS_OF_POSTING = timedelta(days=3)
"""For how long a message is tried."""


def post_pause_after(try_count: int, *, waited: timedelta, chance: float) -> timedelta | None:
    """How long to wait after so many failed tries of a message that was promised so long ago: five seconds, tripling, six hours at most; None is for ever.

    `chance`, from 0 to 1, takes up to half of it away, so that what failed together is not tried together.
    """
    factor: int = 3 ** min(try_count - 1, 20)
    pause = min(FIRST_POST_PAUSE * factor, LONGEST_PAUSE) * (1 - chance / 2)
    return None if waited + pause > DAYS_OF_POSTING else pause
