"""Sequencing, for whoever is told without asking; who asks has it done at once."""

from datetime import datetime

from training.db import begin_writing, db
from training.jobs import every
from training.queues import queries, services


@every(seconds=1)
def sequence_changes(now: datetime) -> None:
    """Give whatever is due its position in the feed."""
    while queries.is_anything_due(now=now):
        begin_writing()
        taken = services.sequence(now=now)
        db.session.commit()
        if not taken:
            return


@every(seconds=60)
def forget_old_changes(now: datetime) -> None:
    """Keep the feed from growing for ever."""
    begin_writing()
    services.forget_old_changes(now=now)
