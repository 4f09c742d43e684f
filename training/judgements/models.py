"""The tables of this room: one ledger, and what it adds up to for each person."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.judgements.rules import Dimension, ErrorKind, Source


class Judgement(Base):
    """One answer to one case, with its scores as they were when it was given.

    Where a person ruled otherwise since, another row stands in for it and names it; the one that no other names is the newest, and counts.
    """

    __tablename__ = "judgements"
    __table_args__ = (
        Index(
            "uq_judgements_one_per_occasion",
            "person_id",
            "case_id",
            "source",
            "occasion",
            unique=True,
            sqlite_where=text("corrects_id IS NULL"),
            postgresql_where=text("corrects_id IS NULL"),
        ),
        CheckConstraint("(corrects_id IS NULL) = (corrected_at IS NULL)", name="corrections_are_dated"),
        CheckConstraint(f"source IN ({', '.join(repr(source.value) for source in Source)})", name="source_known"),
        CheckConstraint(f"error IN ({', '.join(repr(error.value) for error in ErrorKind)})", name="error_known"),
        CheckConstraint("is_strict = (error IS NULL)", name="wrong_has_an_error"),
        Index("ix_judgements_person_source", "person_id", "source", "id"),
        Index("ix_judgements_case", "case_id"),
        Index(
            "ix_judgements_first_answers",
            "case_version_id",
            "id",
            sqlite_where=text("corrects_id IS NULL AND is_first_exposure = 1"),
            postgresql_where=text("corrects_id IS NULL AND is_first_exposure"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    case_version_id: Mapped[int] = mapped_column(ForeignKey("case_versions.id"))
    reference_id: Mapped[int] = mapped_column(ForeignKey("case_references.id"))
    source: Mapped[str] = mapped_column(String(20))
    occasion: Mapped[str] = mapped_column(String(60))
    """What it was given on (`serving:12`, `attempt:5:3`): a second click on the same occasion makes no second row."""
    attempt_id: Mapped[int | None] = mapped_column(index=True)
    """The exam attempt, where it was given in one; that room lies above this one."""
    area: Mapped[str] = mapped_column(String(10))
    concept: Mapped[str] = mapped_column(String(20))
    surface: Mapped[str] = mapped_column(String(10))
    answer: Mapped[dict[str, Any]]
    decision_score: Mapped[float]
    labels_score: Mapped[float]
    severity_score: Mapped[float | None]
    evidence_score: Mapped[float]
    escalation_score: Mapped[float]
    is_strict: Mapped[bool]
    is_critical_miss: Mapped[bool]
    error: Mapped[str | None] = mapped_column(String(20))
    seconds: Mapped[float | None]
    is_first_exposure: Mapped[bool]
    """Whether the person had never answered this case before."""
    given_at: Mapped[datetime]
    is_withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it counts for nothing: a ruling dropped the question, or nothing is answered there any more."""
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("judgements.id"), unique=True)
    """The judgement that this one stands in for."""
    corrected_at: Mapped[datetime | None]


class PersonTally(Base):
    """What one person's judgements add up to under one key: kept in the transaction that appends them, and equal to adding them up anew.

    Exam answers have rows of areas alone, without the kinds of errors.
    """

    __tablename__ = "person_tallies"
    __table_args__ = (
        CheckConstraint(f"source IN ({', '.join(repr(source.value) for source in Source)})", name="source_known"),
        CheckConstraint(f"dimension IN ({', '.join(repr(dimension.value) for dimension in Dimension)})", name="dimension_known"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    count: Mapped[int]
    """First answers to a case; whatever follows but the repeats is of these."""
    right: Mapped[int]
    repeat_count: Mapped[int]
    hits: Mapped[int]
    misses: Mapped[int]
    false_alarms: Mapped[int]
    correct_rejections: Mapped[int]
    wrong_selections: Mapped[int]
    critical_misses: Mapped[int]
    timed_count: Mapped[int]
    seconds_sum: Mapped[float]
    last_at: Mapped[datetime]
    """When the last of them was given, repeats among them."""


append_only(Judgement)
