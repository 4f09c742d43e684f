"""What follows by itself: answers are scored anew where a dispute amended their reference."""

from datetime import datetime

from flask import current_app

from training.db import begin_writing, db
from training.disputes import services
from training.jobs import every

MOST_ROUNDS = 100


@every(seconds=5)
def carry_out_disputes(now: datetime) -> None:
    """Score what disputes changed, few people at a time, each round committed: whatever stops it, it goes on behind the last one."""
    for _ in range(MOST_ROUNDS):
        begin_writing()
        if not services.carry_on(site_url=current_app.config["PUBLIC_URL"], now=now):
            return
        db.session.commit()
