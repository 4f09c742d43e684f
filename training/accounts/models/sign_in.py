"""Sessions, failed tries and one-time links."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class SignInSession(Base):
    """One sign-in in one browser, until it is signed out, expires, or is ended from elsewhere."""

    __tablename__ = "sign_in_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of what the browser's cookie carries."""
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    """Right to within five minutes."""
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    address: Mapped[str | None] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(200), default="")
    """What the browser said it was, for the person's own list."""


class SignInTries(Base):
    """Failed tries on one e-mail address from one place, counted together."""

    __tablename__ = "sign_in_tries"

    email_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    place_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    """SHA-256 of the network address, or of a browser in which this person has signed in before."""
    failed_count: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(index=True)


class OneTimeLink(Base):
    """A link that lets its holder choose a password, once."""

    __tablename__ = "one_time_links"
    __table_args__ = (CheckConstraint("purpose IN ('invite', 'reset')", name="purpose_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(10))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
