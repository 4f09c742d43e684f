"""Work that review tools report, and how long it keeps certificates alive."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only

IS_CURRENT = text("superseded_at IS NULL")


@append_only
class WorkReport(Base):
    """How many decisions a person made in a queue on a day of the organisation's zone. Of several for one day the last number counts."""

    __tablename__ = "work_reports"
    __table_args__ = (
        CheckConstraint("decision_count >= 0", name="count"),
        UniqueConstraint("person_id", "worked_on", "queue_slug", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    queue_slug: Mapped[str] = mapped_column(String(60))
    worked_on: Mapped[date]
    number: Mapped[int]
    decision_count: Mapped[int]
    certifications: Mapped[list[Any]]
    """The certifications, by slug, that the queue required on that day, as it was known when this was recorded."""
    recorded_at: Mapped[datetime]
    client_id: Mapped[int | None] = mapped_column(ForeignKey("api_clients.id"))


class CertificateUse(Base):
    """When the work that a certificate is for was done, as known from `recorded_at` until `superseded_at`, which is written once.

    Derived from the reports, so that one row says what disuse ends, at whatever instant the gate is asked about.
    """

    __tablename__ = "certificate_uses"
    __table_args__ = (
        CheckConstraint("superseded_at >= recorded_at", name="span"),
        Index("uq_certificate_uses_one_current", "person_id", "certification_id", unique=True, sqlite_where=IS_CURRENT, postgresql_where=IS_CURRENT),
        Index("ix_certificate_uses_person", "person_id", "superseded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    stretches: Mapped[list[Any]]
    """`[begin, end)` of each stretch of work in order, ISO 8601 in UTC."""
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
