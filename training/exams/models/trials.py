"""Trial sittings: a form of an exam that is still being written, as one trainer sits it. Nothing of one counts anywhere."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class ExamTrial(Base):
    """One trial sitting: no attempt, so that no figure, no use of an item and no certificate ever knows of it."""

    __tablename__ = "exam_trials"
    __table_args__ = (CheckConstraint("ended_at IS NULL OR ended_at >= begun_at", name="ends_after_it_began"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(30), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    exam_slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(200))
    limit_seconds: Mapped[int]
    seed: Mapped[int] = mapped_column(BigInteger)
    places: Mapped[list[Any]]
    """`[[item version, whether on trial], …]`, in the order of the form."""
    answers: Mapped[dict[str, Any]]
    """The last answer to each place, by position: `{"1": {"options": [2]}}`."""
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
