"""Audits of live work."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.quality.rules import AuditError, Sampling

IS_FIRST = text("corrects_id IS NULL")


@append_only
class QualityAudit(Base):
    """What an auditor found of one live decision. Where it was said otherwise since, another row corrects it; the one that none corrects counts."""

    __tablename__ = "quality_audits"
    __table_args__ = (
        CheckConstraint(f"sampling IN ({', '.join(repr(sampling.value) for sampling in Sampling)})", name="sampling_is_known"),
        CheckConstraint(f"error IN ({', '.join(repr(error.value) for error in AuditError)})", name="error_is_known"),
        Index("uq_quality_audits_one_of_an_id", "origin", "audit_id", unique=True, sqlite_where=IS_FIRST, postgresql_where=IS_FIRST),
        Index("ix_quality_audits_origin", "origin", "audit_id"),
        Index("ix_quality_audits_person_decided", "person_id", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    origin: Mapped[str] = mapped_column(String(30))
    """Whose ids these are: `client:5` for a program, `people` for uploaded sheets."""
    audit_id: Mapped[str] = mapped_column(String(100))
    """The sender's name for the audit."""
    payload_hash: Mapped[str] = mapped_column(String(64))
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("quality_audits.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    queue_slug: Mapped[str] = mapped_column(String(60))
    certifications: Mapped[list[Any]]
    """The certifications, by slug, that the queue mentioned when the decision was made, as it was known when this was recorded."""
    decided_at: Mapped[datetime]
    """When the live decision was made."""
    sampling: Mapped[str] = mapped_column(String(10))
    policy_version: Mapped[str | None] = mapped_column(String(80))
    language: Mapped[str | None] = mapped_column(String(10))
    expected_decisions: Mapped[list[Any]]
    """Accepted sets of actions, the preferred one first."""
    given_decision: Mapped[list[Any]]
    expected_labels: Mapped[list[Any]]
    given_labels: Mapped[list[Any]]
    clause: Mapped[str | None] = mapped_column(String(20))
    is_technical: Mapped[bool]
    error: Mapped[str | None] = mapped_column(String(20))
    """How the decision is wrong; nothing where it is right."""
    note: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("api_clients.id"))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


@append_only
class AuditCase(Base):
    """That a case was begun from what an audit found: its id. Nothing of whose decision it was goes into the case."""

    __tablename__ = "audit_cases"

    audit_id: Mapped[int] = mapped_column(ForeignKey("quality_audits.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), primary_key=True, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
