"""Calibration sessions: who labels which cases, in which rounds, and what was said about them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, JsonValue, append_only
from training.quality.rules.calibration import MOST_ROUNDS

IS_OPEN = text("revealed_at IS NULL")


class CalibrationSession(Base):
    """Several people who label the same cases blind, then compare. Where it stands, its rounds say."""

    __tablename__ = "calibration_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    """What whoever called it says to those who label."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


@append_only
class CalibrationCase(Base):
    """A case of a session, pinned in the version that everybody labels and the reference that it had."""

    __tablename__ = "calibration_cases"
    __table_args__ = (UniqueConstraint("session_id", "position"), UniqueConstraint("session_id", "case_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("calibration_sessions.id"))
    position: Mapped[int]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    case_version_id: Mapped[int] = mapped_column(ForeignKey("case_versions.id"))
    reference_id: Mapped[int] = mapped_column(ForeignKey("case_references.id"))


class CalibrationMember(Base):
    """Somebody who labels. Their answers are judgements; they stay where their person leaves."""

    __tablename__ = "calibration_members"
    __table_args__ = (Index("ix_calibration_members_person", "person_id"),)

    session_id: Mapped[int] = mapped_column(ForeignKey("calibration_sessions.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    invited_at: Mapped[datetime]
    left_at: Mapped[datetime | None]


class CalibrationRound(Base):
    """One blind round: while it is not revealed, nobody sees what another said."""

    __tablename__ = "calibration_rounds"
    __table_args__ = (
        CheckConstraint(f"number BETWEEN 1 AND {MOST_ROUNDS}", name="number_is_known"),
        CheckConstraint("(revealed_at IS NULL) = (figures IS NULL)", name="figures_when_revealed"),
        Index("uq_calibration_rounds_one_open", "session_id", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    session_id: Mapped[int] = mapped_column(ForeignKey("calibration_sessions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    opened_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    figures: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """`{measure: {low, alpha, high, pairwise, cases}}` as they were when it was revealed."""


@append_only
class CalibrationNote(Base):
    """What was said of a case as it was discussed. The last note of a case counts."""

    __tablename__ = "calibration_notes"
    __table_args__ = (CheckConstraint("length(words) > 0", name="words_are_given"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    calibration_case_id: Mapped[int] = mapped_column(ForeignKey("calibration_cases.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


@append_only
class CalibrationConsensus(Base):
    """That what most said of a case was brought forward as its next reference: the dispute that says what came of it."""

    __tablename__ = "calibration_consensuses"

    calibration_case_id: Mapped[int] = mapped_column(ForeignKey("calibration_cases.id"), primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), unique=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    brought_at: Mapped[datetime]
