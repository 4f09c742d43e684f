"""The ledger of who holds which certificate."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules import EventKind
from training.db import Base, append_only

IS_PROVISIONAL = text("is_provisional")


@append_only
class CertificateEvent(Base):
    """One entry of the ledger. Awards and renewals carry their term `[valid_from, valid_until)`, a public id and their evidence.

    A term without `valid_until` ends after `disuse_days` without reported work, or never.
    """

    __tablename__ = "certificate_events"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in EventKind)})", name="kind"),
        CheckConstraint("valid_until IS NULL OR (valid_from < valid_until AND disuse_days IS NULL)", name="term"),
        CheckConstraint("valid_from IS NOT NULL OR (valid_until IS NULL AND disuse_days IS NULL)", name="only_terms_end"),
        CheckConstraint("NOT is_provisional OR kind = 'awarded'", name="awards_are_provisional"),
        CheckConstraint("(kind IN ('awarded', 'renewed')) = (valid_from IS NOT NULL)", name="term_of_award"),
        UniqueConstraint("certification_id", "exam_attempt"),
        Index("ix_certificate_events_provisional", "person_id", "certification_id", sqlite_where=IS_PROVISIONAL, postgresql_where=IS_PROVISIONAL),
        Index("ix_certificate_events_person_certification", "person_id", "certification_id", "effective_at"),
        Index("ix_certificate_events_certification_person", "certification_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    certification_version_id: Mapped[int] = mapped_column(ForeignKey("certification_versions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    valid_from: Mapped[datetime | None]
    valid_until: Mapped[datetime | None] = mapped_column(index=True)
    disuse_days: Mapped[int | None]
    is_provisional: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether the holder works in shadow until they are promoted."""
    effective_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(400))
    exam_attempt: Mapped[str | None] = mapped_column(String(32))
    """The public id of the attempt that earned it: one attempt never awards twice."""
    evidence: Mapped[dict[str, Any]]
