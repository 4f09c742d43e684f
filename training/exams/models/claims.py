"""What is granted about attempts: one more than the retake rule gives, and another look at a question."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.exams.models.bank import one_of
from training.exams.rules.viewing import ViewingDeed


class AttemptAllowance(Base):
    """A trainer's leave to make one attempt more than the retake rule gives."""

    __tablename__ = "attempt_allowances"
    __table_args__ = (
        UniqueConstraint("person_id", "certification_slug", "ordinal"),
        CheckConstraint("person_id <> granted_by_id", name="granted_by_somebody_else"),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_slug: Mapped[str] = mapped_column(String(60))
    exam_slug: Mapped[str] = mapped_column(String(60))
    ordinal: Mapped[int]
    """Which attempt it lets start: it is used up when there is one of this number."""
    reason: Mapped[str] = mapped_column(String(500))
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    granted_at: Mapped[datetime]


class ItemViewing(Base):
    """That a question of a finished attempt was opened to its candidate for a while, or that they looked at it."""

    __tablename__ = "item_viewings"
    __table_args__ = (
        ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"]),
        CheckConstraint(one_of("deed", ViewingDeed), name="deed_is_known"),
        CheckConstraint("(deed = 'opened') = (until IS NOT NULL)", name="views_have_an_end"),
        Index("ix_item_viewings_place", "attempt_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    deed: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    """Until when the candidate may look at it."""


for _ledger in (AttemptAllowance, ItemViewing):
    append_only(_ledger)
