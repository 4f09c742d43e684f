"""Questions to the outbox."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import func, select

from training.db import db
from training.outbox.models import OutboxMail, OutboxPost

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


def due_posts(channel: str, *, now: datetime, limit: int) -> Sequence[OutboxPost]:
    """Messages of a channel to be tried now, the longest waiting first; locked, so that two senders never take the same."""
    asked = select(OutboxPost).where(OutboxPost.channel == channel, OutboxPost.due_at <= now).order_by(OutboxPost.due_at, OutboxPost.id).limit(limit)
    return db.session.scalars(asked.with_for_update(skip_locked=True)).all()


def due_channels(*, now: datetime) -> set[str]:
    """The channels in which something is to be tried now."""
    return set(db.session.scalars(select(OutboxPost.channel).where(OutboxPost.due_at <= now).distinct()))


def waiting_post_count(channel: str, *, most: int) -> int:
    """How many messages of a channel wait; counted no further than `most`."""
    waiting = select(OutboxPost.id).where(OutboxPost.channel == channel, OutboxPost.due_at.is_not(None)).limit(most)
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def post(channel: str, post_id: int) -> OutboxPost | None:
    """The message of this channel with this id, locked: it is about to be changed."""
    asked = select(OutboxPost).where(OutboxPost.id == post_id, OutboxPost.channel == channel).with_for_update()
    return db.session.scalar(asked.execution_options(populate_existing=True))


def latest_posts(channel: str, *, before_id: int | None = None) -> Sequence[OutboxPost]:
    """A page of a channel's messages, the newest first, and one more where there are more."""
    asked = select(OutboxPost).where(OutboxPost.channel == channel).order_by(OutboxPost.id.desc()).limit(PAGE_SIZE + 1)
    if before_id is not None:
        asked = asked.where(OutboxPost.id < before_id)
    return db.session.scalars(asked).all()


def settled_posts(channel: str, *, since: datetime, limit: int) -> Sequence[OutboxPost]:
    """A channel's messages that were sent or given up and tried last since an instant, the oldest first; locked."""
    asked = select(OutboxPost).where(OutboxPost.channel == channel, OutboxPost.due_at.is_(None), OutboxPost.tried_at >= since)
    return db.session.scalars(asked.order_by(OutboxPost.id).limit(limit).with_for_update()).all()
