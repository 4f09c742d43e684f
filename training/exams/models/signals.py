"""Signals for a review by a person: what windows reported, what was computed, how much of each, and how people closed the reviews."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.db import Base, append_only
from training.exams.models.attempts import Attempt
from training.exams.models.bank import one_of
from training.exams.rules.integrity.kinds import ReviewOutcome, SignalKind


class AttemptSignal(Base):
    """One thing that was noticed about an attempt. It holds no text that anybody typed or pasted."""

    __tablename__ = "attempt_signals"
    __table_args__ = (
        UniqueConstraint("attempt_id", "client_id", "number"),
        CheckConstraint(one_of("kind", SignalKind), name="kind_is_known"),
        CheckConstraint("(number IS NULL) = (kind NOT IN ('focus_lost', 'paste'))", name="windows_number_what_they_report"),
        CheckConstraint("seconds >= 0", name="seconds_are_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    kind: Mapped[str] = mapped_column(String(20))
    client_id: Mapped[str | None] = mapped_column(String(64))
    """The window that reported it, or that took over."""
    number: Mapped[int | None]
    """The how-manieth of that window, so that what is sent twice is kept once."""
    position: Mapped[int | None]
    """The question that was open."""
    seconds: Mapped[float | None]
    """How long the window was left."""
    figures: Mapped[dict[str, Any]]
    """What was computed, with all that explains it."""
    at: Mapped[datetime]
    recorded_at: Mapped[datetime]


class SignalTally(Base):
    """How much was noticed about one finished attempt, and whether somebody is still to look at it. Worked out anew from the signals."""

    __tablename__ = "signal_tallies"
    __table_args__ = (
        CheckConstraint(f"outcome IS NULL OR {one_of('outcome', ReviewOutcome)}", name="outcome_is_known"),
        Index("ix_signal_tallies_waiting", "finished_at", sqlite_where=text("is_waiting"), postgresql_where=text("is_waiting")),
        Index("ix_signal_tallies_compared", "exam_id", sqlite_where=text("compared_at IS NULL"), postgresql_where=text("compared_at IS NULL")),
        Index("ix_signal_tallies_exam", "exam_id", "finished_at"),
    )

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"))
    finished_at: Mapped[datetime]
    focus_count: Mapped[int]
    focus_seconds: Mapped[float]
    paste_count: Mapped[int]
    takeover_count: Mapped[int]
    rapid_count: Mapped[int]
    timed_count: Mapped[int]
    """Answers of which is known how long they took."""
    is_impossibly_fast: Mapped[bool]
    similar_count: Mapped[int]
    """Other attempts that agree in more wrong answers than chance explains."""
    is_waiting: Mapped[bool]
    """Whether somebody is to look at it."""
    outcome: Mapped[str | None] = mapped_column(String(20))
    """How the last review was closed."""
    score_run_id: Mapped[int | None] = mapped_column(index=True)
    """The first run of the attempt: how far the counting is."""
    tallied_at: Mapped[datetime]
    compared_at: Mapped[datetime | None]
    """When its answers were compared with those of its cohort."""

    attempt: Mapped[Attempt] = relationship()


class SimilarityRun(Base):
    """One comparison of a cohort's wrong answers: every pair with a fresh attempt in it, tested once."""

    __tablename__ = "similarity_runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), index=True)
    attempt_count: Mapped[int]
    pair_count: Mapped[int]
    found_count: Mapped[int]
    computed_at: Mapped[datetime]


class SimilarityRepeat(Base):
    """A comparison that is to be done again because a ruling changed marks of attempts in it, and what came of that."""

    __tablename__ = "similarity_repeats"
    __table_args__ = (
        Index("ix_similarity_repeats_waiting", "asked_at", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
        CheckConstraint("(done_at IS NULL) = (found_count IS NULL) AND (done_at IS NULL) = (gone_count IS NULL)", name="counts_when_done"),
    )

    similarity_run_id: Mapped[int] = mapped_column(ForeignKey("similarity_runs.id"), primary_key=True)
    ruling_id: Mapped[int] = mapped_column(ForeignKey("item_rulings.id"), primary_key=True, index=True)
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    found_count: Mapped[int | None]
    """Pairs that stand out and did not before."""
    gone_count: Mapped[int | None]
    """Pairs that stood out and no longer do."""


class SignalReview(Base):
    """How a person closed a review of an attempt. It changes no score and no certificate."""

    __tablename__ = "signal_reviews"
    __table_args__ = (CheckConstraint(one_of("outcome", ReviewOutcome), name="outcome_is_known"), CheckConstraint("length(note) > 0", name="note_is_given"))

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


for _ledger in (AttemptSignal, SimilarityRun, SignalReview):
    append_only(_ledger)
