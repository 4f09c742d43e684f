"""The tables of this room."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class MediaFile(Base):
    """One stored picture or recording. Its bytes lie beside the database, under their hash."""

    __tablename__ = "media_files"
    __table_args__ = (
        CheckConstraint("byte_count > 0 AND (width IS NULL) = (height IS NULL)", name="has_a_size"),
        CheckConstraint("(width > 0 AND height > 0) OR seconds > 0", name="is_seen_or_heard"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    mime: Mapped[str] = mapped_column(String(20))
    width: Mapped[int | None]
    """Pixels; nothing for a sound."""
    height: Mapped[int | None]
    seconds: Mapped[float | None]
    """How long a recording is; nothing for a picture."""
    byte_count: Mapped[int]
    stored_at: Mapped[datetime]
