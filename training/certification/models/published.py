"""Certifications, and what they needed from one publication to the next."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


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
