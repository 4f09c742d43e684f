"""What is granted or claimed about attempts: one more try, and that a question was wrong."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.exams.models.bank import one_of
from training.exams.rules.disputes import DisputeDeed

_DECISIONS = f"deed IN ('{DisputeDeed.UPHELD}', '{DisputeDeed.REJECTED}')"
_CLAIM = f"deed = '{DisputeDeed.CLAIMED}'"


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


class ItemDispute(Base):
    """A candidate's doubt about one question of their own attempt."""

    __tablename__ = "item_disputes"
    __table_args__ = (
        UniqueConstraint("attempt_id", "position"),
        ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"]),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(30), unique=True)
    attempt_id: Mapped[int]
    position: Mapped[int]
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_versions.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    doubt: Mapped[str] = mapped_column(String(1000))
    """What they remember and why they doubt it, before they saw it again."""
    raised_at: Mapped[datetime]


class ItemDisputeEvent(Base):
    """What was done about a dispute."""

    __tablename__ = "item_dispute_events"
    __table_args__ = (
        CheckConstraint(one_of("deed", DisputeDeed), name="deed_is_known"),
        CheckConstraint("(deed = 'opened') = (until IS NOT NULL)", name="views_have_an_end"),
        Index("uq_item_dispute_events_one_decision", "dispute_id", unique=True, sqlite_where=text(_DECISIONS), postgresql_where=text(_DECISIONS)),
        Index("uq_item_dispute_events_one_claim", "dispute_id", unique=True, sqlite_where=text(_CLAIM), postgresql_where=text(_CLAIM)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("item_disputes.id"), index=True)
    deed: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(String(2000), default="")
    """The claim, or why it was decided so."""
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    """Until when the candidate may look at the question."""


for _ledger in (AttemptAllowance, ItemDispute, ItemDisputeEvent):
    append_only(_ledger)
