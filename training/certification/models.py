"""Certifications, and the ledger of who holds them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules import EventKind, RetestDeed
from training.db import Base, JsonValue, append_only


class Certification(Base):
    """A certification; what it needs stands in its versions."""

    __tablename__ = "certifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("certification_versions.id", use_alter=True))


class CertificationVersion(Base):
    """What a certification needed, from one publication to the next."""

    __tablename__ = "certification_versions"
    __table_args__ = (UniqueConstraint("certification_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


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


@append_only
class ExamPass(Base):
    """A passed exam, as the certification was told of it; each counts for one term."""

    __tablename__ = "exam_passes"
    __table_args__ = (UniqueConstraint("attempt"), Index("ix_exam_passes_person_certification", "person_id", "certification_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    exam_slug: Mapped[str] = mapped_column(String(60))
    attempt: Mapped[str] = mapped_column(String(32))
    passed_at: Mapped[datetime]
    claim: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """What the exam lets the certificate say, as it was when it was passed; nothing where the exam has no such figures."""


@append_only
class RetestFlag(Base):
    """What became of a pass that a ruling took back: a re-test was asked for, passed, or is needed no more. The latest entry of an attempt counts."""

    __tablename__ = "retest_flags"
    __table_args__ = (
        CheckConstraint(f"deed IN ({', '.join(repr(deed.value) for deed in RetestDeed)})", name="deed_is_known"),
        CheckConstraint("replaced_by IS NULL OR deed = 'met'", name="replaced_when_met"),
        Index("ix_retest_flags_person_certification", "person_id", "certification_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    exam_slug: Mapped[str] = mapped_column(String(60))
    attempt: Mapped[str] = mapped_column(String(32))
    """The public id of the attempt whose pass was taken back."""
    deed: Mapped[str] = mapped_column(String(10))
    replaced_by: Mapped[str | None] = mapped_column(String(32))
    """The public id of the re-test whose pass stands in for it, and so earns no term of its own."""
    reason: Mapped[str] = mapped_column(String(500))
    actor_id: Mapped[int | None]
    recorded_at: Mapped[datetime]


class Obligation(Base):
    """Something a person must do by a date to keep access in some areas, such as a delta after a policy change.

    `met_at` is written once; what was known before `met_recorded_at` was an open obligation.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        CheckConstraint("(met_at IS NULL) = (met_recorded_at IS NULL)", name="met"),
        Index("ix_obligations_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    module_slug: Mapped[str] = mapped_column(String(60))
    areas: Mapped[list[Any]]
    kind: Mapped[str] = mapped_column(String(20))
    effective_from: Mapped[datetime]
    due_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    met_at: Mapped[datetime | None]
    met_recorded_at: Mapped[datetime | None]
