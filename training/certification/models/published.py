"""Certifications, and what they needed from one publication to the next."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only


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
class CertificationConditions(Base):
    """What the gate asks of a certification's holders from an instant on, beside their ledger.

    A certification without rows asks nothing more. They are written as versions are published, and no row reaches back to before it was recorded.
    """

    __tablename__ = "certification_conditions"
    __table_args__ = (
        CheckConstraint("renewal_window_days >= 0", name="window_is_no_less_than_nothing"),
        Index("ix_certification_conditions_certification", "certification_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    prerequisites: Mapped[list[Any]]
    """The certifications, by slug, that are to be in force as well."""
    renewal_window_days: Mapped[int]
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]
