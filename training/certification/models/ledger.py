"""The ledger of who holds which certificate."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules import EventKind
from training.db import Base, append_only


@append_only
class CertificateEvent(Base):
    """One entry of the ledger. Awards and renewals carry their term `[valid_from, valid_until)`, a public id and their evidence."""

    __tablename__ = "certificate_events"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in EventKind)})", name="kind"),
        CheckConstraint("(valid_from IS NULL) = (valid_until IS NULL) AND valid_from < valid_until", name="term"),
        CheckConstraint("(kind IN ('awarded', 'renewed')) = (valid_from IS NOT NULL)", name="term_of_award"),
        UniqueConstraint("certification_id", "exam_attempt"),
        Index("ix_certificate_events_person_certification", "person_id", "certification_id", "effective_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    certification_version_id: Mapped[int] = mapped_column(ForeignKey("certification_versions.id"))
    kind: Mapped[str] = mapped_column(String(12))
    valid_from: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
    effective_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    actor_id: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(400))
    exam_attempt: Mapped[str | None] = mapped_column(String(32))
    """The public id of the attempt that earned it: one attempt never awards twice."""
    evidence: Mapped[dict[str, Any]]
