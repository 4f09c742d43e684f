"""What follows by itself: counts that no longer matter."""

from datetime import datetime

from training.certification import services
from training.db import begin_writing
from training.jobs import every


@every(seconds=60)
def forget_looks(now: datetime) -> None:
    """Delete counts of looked-up certificates that make nobody wait any more."""
    begin_writing()
    services.forget_looks(now=now)
