"""What follows by itself: reminders of what people are asked to complete."""

from datetime import datetime

from flask import current_app

from training.courses import services
from training.db import begin_writing
from training.jobs import every


@every(seconds=60)
def remind_of_assignments(now: datetime) -> None:
    """Queue the mails that tell people what they are still asked to complete."""
    begin_writing()
    services.remind_of_assignments(site_url=current_app.config["PUBLIC_URL"], now=now)
