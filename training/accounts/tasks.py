"""What follows by itself: facts that take effect, and counts that no longer matter."""

from datetime import datetime

from training.accounts import services
from training.db import begin_writing
from training.jobs import every


@every(seconds=60)
def follow_facts(now: datetime) -> None:
    """Let lists show what has taken effect; whatever must be right asks the facts themselves."""
    begin_writing()
    services.follow_pending_facts(now=now)


@every(seconds=60)
def forget_old_tries(now: datetime) -> None:
    """Delete counts of failed sign-ins that slow nobody down any more."""
    begin_writing()
    services.forget_old_tries(now=now)
