"""What follows by itself: attempts whose time is over are ended, also when nobody looks."""

from datetime import datetime

from training.db import begin_writing
from training.exams import services
from training.jobs import every


@every(seconds=10)
def end_expired_attempts(now: datetime) -> None:
    """End and grade what has expired. Whoever looked earlier has seen it expired already."""
    begin_writing()
    services.sweep_expired(now)
