"""Questions to the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from training.db import db
from training.outbox.models import OutboxMail

PAGE_SIZE = 50


def due_mails(*, now: datetime, limit: int) -> Sequence[OutboxMail]:
    """Mails to be tried now, the longest waiting first; locked, so that two senders never take the same."""
    asked = select(OutboxMail).where(OutboxMail.due_at <= now).order_by(OutboxMail.due_at, OutboxMail.id).limit(limit)
    return db.session.scalars(asked.with_for_update(skip_locked=True)).all()


def unsent_mails(mail_ids: Collection[int]) -> Sequence[OutboxMail]:
    """Those of these mails that nobody was sent; locked, so that no sender takes one meanwhile."""
    asked = select(OutboxMail).where(OutboxMail.id.in_(mail_ids), OutboxMail.sent_at.is_(None))
    return db.session.scalars(asked.with_for_update()).all()


def mail(mail_id: int) -> OutboxMail | None:
    """The mail with this id."""
    return db.session.get(OutboxMail, mail_id)


def latest_mails(*, before_id: int | None = None) -> Sequence[OutboxMail]:
    """A page of mails, the newest first, and one more where there are more."""
    asked = select(OutboxMail).order_by(OutboxMail.id.desc()).limit(PAGE_SIZE + 1)
    if before_id is not None:
        asked = asked.where(OutboxMail.id < before_id)
    return db.session.scalars(asked).all()
