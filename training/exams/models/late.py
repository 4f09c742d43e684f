"""What trainers ruled about answers that arrived after the end."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only


class LateRuling(Base):
    """Whether one answer that arrived after the end counts, and why."""

    __tablename__ = "late_answer_rulings"
    __table_args__ = (CheckConstraint("length(reason) > 0", name="reason_is_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("answer_events.id"), unique=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    counts: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ruled_at: Mapped[datetime]


append_only(LateRuling)
