"""What follows by itself: answers of calibration sessions count by the reference that a dispute made of theirs."""

from datetime import datetime

from training.db import begin_writing
from training.jobs import every
from training.quality.services.consensus import follow_references


@every(seconds=60)
def follow_amended_references(now: datetime) -> None:
    """Score such answers anew, some at a time."""
    begin_writing()
    follow_references(now=now)
