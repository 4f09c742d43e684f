"""Queueing mail, and carrying it to the mail server."""

import smtplib
import ssl
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from itertools import islice
from urllib.parse import unquote, urlsplit

from sqlalchemy import insert

from training.db import db
from training.outbox import queries, rules
from training.outbox.models import OutboxMail

LEASE = timedelta(minutes=5)
"""How long a sender has for a mail it took, before another may try."""
BATCH = 20
QUEUED_AT_ONCE = 1000
"""How many mails one statement queues, so that a mail to everybody is never in memory as a whole."""
SERVER_PATIENCE_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as plain values, to be sent while no transaction is open."""

    mail_id: int
    recipient: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A mail that is to be promised."""

    to: str
    subject: str
    body: str


def queue_mail(*, to: str, subject: str, body: str, now: datetime) -> OutboxMail:
    """Promise a mail, in the deed's own transaction."""
    mail = OutboxMail(recipient=to, subject=subject, body=body, queued_at=now, due_at=now)
    db.session.add(mail)
    return mail


def queue_mails(drafts: Iterable[Draft], *, now: datetime) -> None:
    """Promise a mail to each of many people, in the deed's own transaction: a statement a thousand."""
    waiting = iter(drafts)
    while rows := [
        {"recipient": draft.to, "subject": draft.subject, "body": draft.body, "queued_at": now, "due_at": now, "try_count": 0}
        for draft in islice(waiting, QUEUED_AT_ONCE)
    ]:
        db.session.execute(insert(OutboxMail), rows)


def queue_numbered_mails(drafts: Sequence[Draft], *, now: datetime) -> Sequence[int]:
    """The same of not too many, in one statement; their numbers, in the order of the drafts."""
    if not drafts:
        return ()
    rows = [{"recipient": draft.to, "subject": draft.subject, "body": draft.body, "queued_at": now, "due_at": now, "try_count": 0} for draft in drafts]
    return db.session.scalars(insert(OutboxMail).returning(OutboxMail.id, sort_by_parameter_order=True), rows).all()


def withdraw_mails(mail_ids: Collection[int]) -> set[int]:
    """Take back mails that were promised and not sent; which of them."""
    unsent = queries.unsent_mails(mail_ids)
    for mail in unsent:
        db.session.delete(mail)
    return {mail.id for mail in unsent}


def take_due_letters(*, now: datetime) -> Sequence[Letter]:
    """Take what is due; each comes back by itself if its sender dies."""
    letters = []
    for mail in queries.due_mails(now=now, limit=BATCH):
        mail.due_at = now + LEASE
        mail.try_count += 1
        letters.append(Letter(mail.id, mail.recipient, mail.subject, mail.body))
    return letters


def settle(letter: Letter, *, fault: str | None, now: datetime) -> None:
    """Write down how sending went: sent, to be tried again, or given up."""
    mail = queries.mail(letter.mail_id)
    if mail is None:
        return
    mail.last_fault = fault[:500] if fault else None
    if fault is None:
        mail.sent_at, mail.due_at, mail.body = now, None, ""
    else:
        pause = rules.pause_after(mail.try_count)
        mail.due_at = now + pause if pause else None


def message_of(letter: Letter, *, sender: str, now: datetime) -> EmailMessage:
    """The letter as a mail server takes it."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(idstring=f"outbox-{letter.mail_id}", domain=sender.rpartition("@")[2] or None)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def deliver(message: EmailMessage, *, smtp_url: str) -> None:
    """Hand a message to the mail server: `smtp://user:password@host:587` (encrypted where offered) or `smtps://`.

    Raises OSError or smtplib.SMTPException where the server is away or says no.
    """
    parts = urlsplit(smtp_url)
    is_wrapped = parts.scheme == "smtps"
    connect = smtplib.SMTP_SSL if is_wrapped else smtplib.SMTP
    with connect(parts.hostname or "localhost", parts.port or (465 if is_wrapped else 25), timeout=SERVER_PATIENCE_SECONDS) as server:
        server.ehlo()
        if not is_wrapped and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
