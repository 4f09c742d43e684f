"""Queues, what they require from when on, and dated exceptions."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only


class Queue(Base):
    """Where live work waits."""

    __tablename__ = "queues"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)


@append_only
class QueueVersion(Base):
    """What a queue is and requires from an instant on; the gate asks these about the past."""

    __tablename__ = "queue_versions"
    __table_args__ = (UniqueConstraint("queue_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]


class QueueOverride(Base):
    """A dated exception for one person and one queue; revoking it is written once."""

    __tablename__ = "queue_overrides"
    __table_args__ = (
        CheckConstraint("effect IN ('allow', 'deny')", name="effect"),
        CheckConstraint("effective_from < effective_until", name="span"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_recorded_at IS NULL)", name="revoked"),
        CheckConstraint("person_id <> granted_by_id", name="nobody_for_themselves"),
        CheckConstraint("confirmed_by_id <> granted_by_id AND confirmed_by_id <> person_id", name="by_two_others"),
        CheckConstraint("(proposal_id IS NULL) = (confirmed_by_id IS NULL)", name="confirmed"),
        UniqueConstraint("proposal_id"),
        Index("ix_queue_overrides_person_queue", "person_id", "queue_id"),
        Index("ix_queue_overrides_until", "effective_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    effect: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(400))
    effective_from: Mapped[datetime]
    effective_until: Mapped[datetime]
    recorded_at: Mapped[datetime]
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who granted it, or where it takes two proposed it."""
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("override_proposals.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None]
    revoked_recorded_at: Mapped[datetime | None]


class OverrideProposal(Base):
    """An exception that waits for a second person; until one confirms it, it does nothing. Withdrawing it is written once."""

    __tablename__ = "override_proposals"
    __table_args__ = (
        CheckConstraint("effect IN ('allow', 'deny')", name="effect"),
        CheckConstraint("effective_from < effective_until", name="span"),
        CheckConstraint("person_id <> proposed_by_id", name="nobody_for_themselves"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_by_id IS NULL)", name="withdrawn"),
        Index("ix_override_proposals_person", "person_id"),
        Index("ix_override_proposals_expires", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    queue_id: Mapped[int] = mapped_column(ForeignKey("queues.id"))
    effect: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(400))
    effective_from: Mapped[datetime]
    """From when on at the earliest; what is confirmed later begins then."""
    effective_until: Mapped[datetime]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
