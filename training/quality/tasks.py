"""What follows by itself: answers count by the reference that a dispute made of theirs, and blind labels by the case that came of what was labelled."""

from datetime import datetime

from training.db import begin_writing
from training.jobs import every
from training.quality.services.consensus import follow_references
from training.quality.services.panels import adopt_labels


@every(seconds=60)
def follow_amended_references(now: datetime) -> None:
    """Score such answers anew, some at a time."""
    begin_writing()
    follow_references(now=now)


@every(seconds=60)
def adopt_blind_labels(now: datetime) -> None:
    """Put labels into the record of cases that came to run elsewhere than at the desk, some at a time."""
    begin_writing()
    adopt_labels()
