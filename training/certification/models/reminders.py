"""What people were reminded of, and the calendars they subscribed to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules import REMINDED_DAYS_BEFORE, TOLD_AFTERWARDS, CalendarKind
from training.db import Base

OPEN = text("revoked_at IS NULL")


class CertificateReminder(Base):
    """One reminder of one end of one certificate, or that an end came: there is never a second one, however often the job runs."""

    __tablename__ = "certificate_reminders"
    __table_args__ = (
        CheckConstraint(f"days_before IN ({', '.join(map(str, (*REMINDED_DAYS_BEFORE, TOLD_AFTERWARDS)))})", name="days_are_known"),
        UniqueConstraint("person_id", "certification_id", "ends_at", "days_before", name="uq_certificate_reminders_once"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    ends_at: Mapped[datetime]
    days_before: Mapped[int]
    settled_at: Mapped[datetime]
    """When it was sent on its way, or found to be needless."""
    mail_id: Mapped[int | None]
    """The mail in the outbox; nothing where it was needless, or was withdrawn."""


class TeamDigest(Base):
    """Until when a lead was told by mail which certificates in their team end soon."""

    __tablename__ = "team_digests"

    lead_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    told_until: Mapped[datetime]


class CalendarFeed(Base):
    """A calendar's secret address. Whoever knows it reads the calendar until it is revoked."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in CalendarKind)})", name="kind_is_known"),
        Index("uq_calendar_feeds_one_open", "person_id", "kind", unique=True, sqlite_where=OPEN, postgresql_where=OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    """SHA-256 of the address's secret part."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
