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
        CheckConstraint("ordinal BETWEEN 1 AND 3", name="at_most_three"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_until IS NULL)", name="claimed_until_some_time"),
        Index("ix_marking_tasks_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    text_hash: Mapped[str] = mapped_column(String(64))
    """Which text is marked: an answer that a ruling lets count later is another text."""
    ordinal: Mapped[int]
    queued_at: Mapped[datetime]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    claimed_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]


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
