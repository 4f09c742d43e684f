"""What follows by itself: attempts whose time is over are ended, also when nobody looks."""

from datetime import datetime

from training.db import begin_writing, db
from training.exams import services
from training.jobs import every

MOST_ROUNDS = 100


@every(seconds=10)
def end_expired_attempts(now: datetime) -> None:
    """End and grade what has expired, few at a time so that nobody who saves waits long. Whoever looked earlier has seen it expired already."""
    for _ in range(MOST_ROUNDS):
        begin_writing()
        if not services.sweep_expired(now):
            return
        db.session.commit()
