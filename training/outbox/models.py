"""Side effects that must not be lost: written in the deed's transaction, carried out later."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base

IS_DUE = text("due_at IS NOT NULL")


class OutboxMail(Base):
    """One mail. Its text is emptied once it is sent: it may hold a one-time link."""

    __tablename__ = "outbox_mails"
    __table_args__ = (
        Index("ix_outbox_mails_due_at", "due_at", sqlite_where=text("due_at IS NOT NULL"), postgresql_where=text("due_at IS NOT NULL")),
        CheckConstraint("sent_at IS NULL OR due_at IS NULL", name="sent_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """When to try next; nothing once it is sent or given up."""
    try_count: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    last_fault: Mapped[str | None] = mapped_column(String(500))


class OutboxPost(Base):
    """One message that another program is sent by HTTP. Those of one channel go to one place; the channel's owner knows where and how."""

    __tablename__ = "outbox_posts"
    __table_args__ = (
        UniqueConstraint("channel", "message_id"),
        Index("ix_outbox_posts_due", "channel", "due_at", sqlite_where=IS_DUE, postgresql_where=IS_DUE),
        CheckConstraint("sent_at IS NULL OR due_at IS NULL", name="sent_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(40))
    message_id: Mapped[str] = mapped_column(String(60))
    """What the receiver knows it by: the same at every try."""
    body: Mapped[str] = mapped_column(Text)
    queued_at: Mapped[datetime]
    """From when its days are counted: when it was promised, or asked for again."""
    due_at: Mapped[datetime | None]
    """When to try next; nothing once it is sent or given up."""
    try_count: Mapped[int] = mapped_column(default=0)
    tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    last_answer: Mapped[str | None] = mapped_column(String(1200))
    """What came back the last time, or why nothing did."""
