"""Sealing: every five seconds, by one sealer at a time."""

from datetime import datetime

from training.audit import services
from training.db import begin_writing
from training.jobs import every


@every(seconds=5)
def seal_audit(now: datetime) -> None:
    """Chain what was recorded since the last time."""
    begin_writing()
    services.seal(now=now)
