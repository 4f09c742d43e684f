"""Keys that sign."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base

IN_USE = text("retired_at IS NULL")


class SigningKey(Base):
    """One Ed25519 key. Its private half is there, sealed, while it signs, and nowhere afterwards.

    A retired key signs no more and what it signed stays good; of a revoked one nothing stays good.
    """

    __tablename__ = "signing_keys"
    __table_args__ = (
        CheckConstraint("(retired_at IS NULL) = (sealed_private_key IS NOT NULL)", name="private_while_in_use"),
        CheckConstraint("revoked_at IS NULL OR retired_at IS NOT NULL", name="revoked_is_retired"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_because IS NULL)", name="revoked_for_a_reason"),
        Index("uq_signing_keys_one_in_use", "algorithm", unique=True, sqlite_where=IN_USE, postgresql_where=IN_USE),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(43), unique=True)
    """The thumbprint by which it is published."""
    algorithm: Mapped[str] = mapped_column(String(10))
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_private_key: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Encrypted with a key that one of SECRET_KEYS gives."""
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str | None] = mapped_column(String(400))
