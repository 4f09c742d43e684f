"""Sending what is due. No transaction is open while a mail server thinks."""

import smtplib
from datetime import datetime

from flask import current_app

from training import clock
from training.db import begin_writing, db
from training.jobs import every
from training.outbox import services
from training.outbox.services import Letter


@every(seconds=10)
def send_due_mail(now: datetime) -> None:
    """Try every mail that is due, where a mail server is configured; else mail stays in the outbox."""
    smtp_url = current_app.config["SMTP_URL"]
    if not smtp_url:
        return
    begin_writing()
    letters = services.take_due_letters(now=now)
    db.session.commit()
    for letter in letters:
        fault = _fault_of_sending(letter, smtp_url)
        begin_writing()
        services.settle(letter, fault=fault, now=clock.now())
        db.session.commit()


def _fault_of_sending(letter: Letter, smtp_url: str) -> str | None:
    try:
        message = services.message_of(letter, sender=current_app.config["MAIL_FROM"], now=clock.now())
        services.deliver(message, smtp_url=smtp_url)
    except (OSError, ValueError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {error}"
    return None
