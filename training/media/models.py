"""The tables of this room."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class MediaFile(Base):
    """One stored picture. Its bytes lie beside the database, under their hash."""

    __tablename__ = "media_files"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0 AND byte_count > 0", name="has_a_size"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    mime: Mapped[str] = mapped_column(String(20))
    width: Mapped[int]
    height: Mapped[int]
    byte_count: Mapped[int]
    stored_at: Mapped[datetime]
