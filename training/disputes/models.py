"""The tables of this room: what is disputed, who claims it, what was reviewed blind, what was decided, and how far that is carried out."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.disputes.rules.claims import LONGEST_KEPT, LONGEST_REASON
from training.disputes.rules.reviews import MOST, Outcome


class Dispute(Base):
    """A reference, or the key of an exam's question, that somebody calls wrong. However many do, it is one dispute."""

    __tablename__ = "disputes"
    __table_args__ = (CheckConstraint("(reference_id IS NULL) <> (item_version_id IS NULL)", name="about_one_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(30), unique=True)
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("case_references.id"), unique=True)
    item_version_id: Mapped[int | None] = mapped_column(ForeignKey("item_versions.id"), unique=True)
    area: Mapped[str] = mapped_column(String(10))
    """The area of the case or question when it was disputed: what is decided may change it."""
    opened_at: Mapped[datetime]


class DisputeClaim(Base):
    """One person's claim, about the answer that made them doubt: to a case in practice, or at a place of an attempt."""

    __tablename__ = "dispute_claims"
    __table_args__ = (
        UniqueConstraint("dispute_id", "person_id"),
        UniqueConstraint("attempt_id", "position"),
        ForeignKeyConstraint(["attempt_id", "position"], ["form_items.attempt_id", "form_items.position"]),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
        CheckConstraint("(serving_id IS NULL) <> (attempt_id IS NULL) AND (attempt_id IS NULL) = (position IS NULL)", name="on_one_answer"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    serving_id: Mapped[int | None] = mapped_column(ForeignKey("servings.id"), unique=True)
    attempt_id: Mapped[int | None]
    position: Mapped[int | None]
    reason: Mapped[str] = mapped_column(String(LONGEST_KEPT))
    claimed_at: Mapped[datetime]


class ClaimWithdrawal(Base):
    """That a person took their claim back."""

    __tablename__ = "claim_withdrawals"

    claim_id: Mapped[int] = mapped_column(ForeignKey("dispute_claims.id"), primary_key=True)
    withdrawn_at: Mapped[datetime]


class DisputeReview(Base):
    """What one trainer answered, without having seen the key, the claims or another review; and why."""

    __tablename__ = "dispute_reviews"
    __table_args__ = (
        UniqueConstraint("dispute_id", "ordinal"),
        UniqueConstraint("dispute_id", "reviewer_id"),
        CheckConstraint(f"ordinal BETWEEN 1 AND {MOST}", name="three_at_most"),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    ordinal: Mapped[int]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    answer: Mapped[dict[str, Any]]
    """`{}` where a trainer decided about a question without answering it, before two did blind."""
    is_reference: Mapped[bool]
    """Whether the answer is right by the reference or key that is disputed."""
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    reviewed_at: Mapped[datetime]


class DisputePanel(Base):
    """What a panel came to that labelled the case blind in a calibration session, in place of reviews. Nobody of the panel is named."""

    __tablename__ = "dispute_panels"
    __table_args__ = (
        CheckConstraint("agreed_count * 2 > labeller_count AND agreed_count <= labeller_count", name="more_than_half"),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
    )

    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who brought it here. They call the reference wrong, so somebody else carries it out."""
    answer: Mapped[dict[str, Any]]
    labeller_count: Mapped[int]
    """How many labelled it who did not know the reference."""
    agreed_count: Mapped[int]
    """How many of them said this."""
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    """What they said as they discussed it."""
    settled_at: Mapped[datetime]


class DisputeDecision(Base):
    """What the reviews of a dispute came to."""

    __tablename__ = "dispute_decisions"
    __table_args__ = (CheckConstraint(f"outcome IN ({', '.join(repr(outcome.value) for outcome in Outcome)})", name="outcome_is_known"),)

    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(10))
    decided_at: Mapped[datetime]


class Carrying(Base):
    """The scoring that follows from a decision, person by person: where it is, so that it goes on after whatever stopped it, and what it has done."""

    __tablename__ = "dispute_carryings"
    __table_args__ = (
        Index("ix_dispute_carryings_unfinished", "dispute_id", sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL")),
    )

    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), primary_key=True)
    reference_id: Mapped[int] = mapped_column(ForeignKey("case_references.id"), unique=True)
    """The new version of the reference."""
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    total_count: Mapped[int]
    """How many answers were to be scored anew when it began."""
    scored_count: Mapped[int] = mapped_column(default=0)
    gained_count: Mapped[int] = mapped_column(default=0)
    """How many of them are right now and were not before."""
    lost_count: Mapped[int] = mapped_column(default=0)
    last_person_id: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]


class WordingRemark(Base):
    """That a person finds a clause unclear, as one version of its module words it."""

    __tablename__ = "wording_remarks"
    __table_args__ = (UniqueConstraint("clause_version_id", "person_id"), CheckConstraint("length(reason) > 0", name="reason_is_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_version_id: Mapped[int] = mapped_column(ForeignKey("clause_versions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON))
    remarked_at: Mapped[datetime]


class WordingAnswer(Base):
    """What a trainer answered."""

    __tablename__ = "wording_answers"
    __table_args__ = (CheckConstraint("length(words) > 0", name="words_are_given"),)

    remark_id: Mapped[int] = mapped_column(ForeignKey("wording_remarks.id"), primary_key=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    words: Mapped[str] = mapped_column(String(LONGEST_REASON))
    answered_at: Mapped[datetime]


for _ledger in (Dispute, DisputeClaim, ClaimWithdrawal, DisputeReview, DisputePanel, DisputeDecision, WordingRemark, WordingAnswer):
    append_only(_ledger)
