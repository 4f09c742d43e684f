"""Written replies waiting for markers, and every mark they were given."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only


class MarkingTask(Base):
    """One mark to be given to one written reply; a marker who takes it has it for a while."""

    __tablename__ = "marking_tasks"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"]),
        UniqueConstraint("attempt_id", "position", "text_hash", "ordinal"),
        CheckConstraint("ordinal BETWEEN 1 AND 5", name="at_most_five"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_until IS NULL)", name="claimed_until_some_time"),
        Index("ix_marking_tasks_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    """Which text is marked: an answer that a ruling lets count later is another text."""
    ordinal: Mapped[int]
    appeal_id: Mapped[int | None] = mapped_column(ForeignKey("reply_appeals.id"), index=True)
    """The appeal that asks for it: until that is decided the mark counts for nothing."""
    queued_at: Mapped[datetime]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    claimed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


class ReplyAppeal(Base):
    """A candidate's appeal against the marks of one written reply, and what came of it. One a reply."""

    __tablename__ = "reply_appeals"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"]),
        UniqueConstraint("attempt_id", "position", "text_hash"),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
        CheckConstraint("(closed_at IS NULL) = (credit_after IS NULL)", name="earns_when_closed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(String(2_000))
    credit_before: Mapped[float]
    """The share of its points that the reply earned, 0 to 1."""
    appealed_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    credit_after: Mapped[float | None]


class ReplyMark(Base):
    """What one marker gave one reply, blind to the candidate's name and to other marks. Never edited: a third mark decides, it does not correct."""

    __tablename__ = "reply_marks"
    __table_args__ = (
        UniqueConstraint("task_id"),
        UniqueConstraint("attempt_id", "position", "text_hash", "marker_id"),
        CheckConstraint("points BETWEEN 0 AND 10", name="points_are_possible"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("marking_tasks.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    position: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    marker_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ratings: Mapped[dict[str, Any]]
    points: Mapped[int]
    note: Mapped[str] = mapped_column(String(500))
    marked_at: Mapped[datetime]


append_only(ReplyMark)
