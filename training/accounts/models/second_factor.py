"""What somebody shows besides the password, and the sign-ins that wait for it."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class SecondFactor(Base):
    """The secret that a person's device makes codes of (RFC 6238); it counts once a code of it was shown."""

    __tablename__ = "second_factors"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed_secret: Mapped[bytes] = mapped_column(LargeBinary)
    """Encrypted with a key that one of SECRET_KEYS gives."""
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    last_used_step: Mapped[int] = mapped_column(default=0)
    """The thirty seconds whose code was taken last: neither it nor one before is taken again."""


class RecoveryCode(Base):
    """A code that stands in for the device once. Only its SHA-256: it has 80 bits of chance."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class PendingSignIn(Base):
    """A sign-in whose password was right and whose code is still to come."""

    __tablename__ = "pending_sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what the browser's cookie carries."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
