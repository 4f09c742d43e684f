"""Side effects that must not be lost: written in the deed's transaction, carried out later."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


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
