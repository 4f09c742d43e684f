"""What is done by itself, every night."""

from datetime import datetime

from flask import current_app

from training.config import organisation_zone
from training.db import begin_writing
from training.jobs import every
from training.upkeep import queries
from training.upkeep.services import keep_rules_of_night, rules_in_force

NIGHT_HOUR = 3
"""From this hour of the organisation's day on: where the machine was off in the night, in the morning."""


@every(seconds=60)
def keep_rules_nightly(now: datetime) -> None:
    """A batch of what the rules of retention ask for, until today's work is done."""
    here = now.astimezone(organisation_zone())
    run = queries.run_of(here.date())
    if here.hour < NIGHT_HOUR or (run is not None and run.finished_at is not None):
        return
    rules = rules_in_force(current_app.config["RETENTION_FILE"])
    begin_writing()
    keep_rules_of_night(rules, day=here.date(), now=now)
