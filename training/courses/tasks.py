"""What follows by itself: reminders of what people are asked to complete."""

from datetime import datetime

from flask import current_app

from training.courses import services
from training.db import begin_writing, db
from training.jobs import every

PORTIONS_A_RUN = 20
"""With so many 100,000 people are reminded within ten minutes."""


@every(seconds=60)
def remind_of_assignments(now: datetime) -> None:
    """Queue the mails that tell people what they are still asked to complete: portion by portion, so that others write in between."""
    for _portion in range(PORTIONS_A_RUN):
        begin_writing()
        settled = services.remind_of_assignments(site_url=current_app.config["PUBLIC_URL"], now=now)
        db.session.commit()
        if settled < services.REMINDED_AT_ONCE:
            return
