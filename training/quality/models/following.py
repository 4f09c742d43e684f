"""What follows from audits: proposals to suspend, and talks."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.quality.rules import CoachingDeed, ProposalVerdict

IS_UNDECIDED = text("decided_at IS NULL")
IS_OPEN = text("closed_at IS NULL")


class SuspensionProposal(Base):
    """That so many random audits were wrong that a suspension is proposed, with the figures as they were. A person decides it once."""

    __tablename__ = "suspension_proposals"
    __table_args__ = (
        CheckConstraint(f"verdict IN ({', '.join(repr(verdict.value) for verdict in ProposalVerdict)})", name="verdict_is_known"),
        CheckConstraint("(verdict IS NULL) = (decided_at IS NULL)", name="verdicts_are_dated"),
        CheckConstraint("verdict IS NULL OR reason IS NOT NULL", name="verdicts_have_reasons"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> person_id", name="nobody_decides_for_themselves"),
        CheckConstraint("error_count BETWEEN 0 AND audit_count", name="counts_can_be"),
        Index("ix_suspension_proposals_person", "person_id", "certification_id"),
        Index("uq_suspension_proposals_one_open", "person_id", "certification_id", unique=True, sqlite_where=IS_UNDECIDED, postgresql_where=IS_UNDECIDED),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    proposed_at: Mapped[datetime]
    counted_from: Mapped[datetime]
    """Since when audits counted."""
    audit_count: Mapped[int]
    error_count: Mapped[int]
    log_evidence: Mapped[float]
    last_audit_id: Mapped[int]
    """The latest audit that was known: later ones, and later corrections, are not what it rests on."""
    standard: Mapped[dict[str, Any]]
    """What was acceptable, and how sure one had to be."""
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verdict: Mapped[str | None] = mapped_column(String(10))
    reason: Mapped[str | None] = mapped_column(String(400))


class Coaching(Base):
    """That somebody should talk with a person about their work, from when it was called for until it is closed."""

    __tablename__ = "coachings"
    __table_args__ = (
        CheckConstraint("error_count BETWEEN 0 AND audit_count", name="counts_can_be"),
        Index("ix_coachings_person", "person_id", "certification_id"),
        Index("uq_coachings_one_open", "person_id", "certification_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    opened_at: Mapped[datetime]
    counted_from: Mapped[datetime]
    audit_count: Mapped[int]
    error_count: Mapped[int]
    closed_at: Mapped[datetime | None]


@append_only
class CoachingEntry(Base):
    """What happened about a coaching, in somebody's words."""

    __tablename__ = "coaching_entries"
    __table_args__ = (
        CheckConstraint(f"deed IN ({', '.join(repr(deed.value) for deed in CoachingDeed)})", name="deed_is_known"),
        Index("ix_coaching_entries_coaching", "coaching_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    coaching_id: Mapped[int] = mapped_column(ForeignKey("coachings.id"))
    deed: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
