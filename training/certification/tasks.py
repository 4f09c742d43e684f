"""What follows by itself: reminders of ends, and counts that no longer matter."""

from datetime import datetime

from flask import current_app

from training.certification import services
from training.db import begin_writing
from training.jobs import every


@every(seconds=60)
def forget_looks(now: datetime) -> None:
    """Delete counts of looked-up certificates that make nobody wait any more."""
    begin_writing()
    services.forget_looks(now=now)


@every(seconds=60)
def remind_of_ends(now: datetime) -> None:
    """Queue the mails that tell people which of their certificates end soon."""
    begin_writing()
    services.remind_of_ends(site_url=current_app.config["PUBLIC_URL"], now=now)


@every(seconds=60)
def tell_leads(now: datetime) -> None:
    """Queue the mails that tell leads in the morning what ends soon in their teams."""
    begin_writing()
    services.tell_leads(site_url=current_app.config["PUBLIC_URL"], now=now)
