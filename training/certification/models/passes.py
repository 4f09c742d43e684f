"""Passed exams, and passes that a ruling took back."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules import RetestDeed
from training.db import Base, JsonValue, append_only


@append_only
class ExamPass(Base):
    """A passed exam, as the certification was told of it; each counts for one term."""

    __tablename__ = "exam_passes"
    __table_args__ = (UniqueConstraint("attempt"), Index("ix_exam_passes_person_certification", "person_id", "certification_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    exam_slug: Mapped[str] = mapped_column(String(60))
    attempt: Mapped[str] = mapped_column(String(32))
    passed_at: Mapped[datetime]
    claim: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """What the exam lets the certificate say, as it was when it was passed; nothing where the exam has no such figures."""
    form: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """What was sat: the version of the exam and those of the items, in order; nothing where the pass is from before this was kept."""


@append_only
class RetestFlag(Base):
    """What became of a pass that a ruling took back: a re-test was asked for, passed, or is needed no more. The latest entry of an attempt counts."""

    __tablename__ = "retest_flags"
    __table_args__ = (
        CheckConstraint(f"deed IN ({', '.join(repr(deed.value) for deed in RetestDeed)})", name="deed_is_known"),
        CheckConstraint("replaced_by IS NULL OR deed = 'met'", name="replaced_when_met"),
        Index("ix_retest_flags_person_certification", "person_id", "certification_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    certification_id: Mapped[int] = mapped_column(ForeignKey("certifications.id"))
    exam_slug: Mapped[str] = mapped_column(String(60))
    attempt: Mapped[str] = mapped_column(String(32))
    """The public id of the attempt whose pass was taken back."""
    deed: Mapped[str] = mapped_column(String(10))
    replaced_by: Mapped[str | None] = mapped_column(String(32))
    """The public id of the re-test whose pass stands in for it, and so earns no term of its own."""
    reason: Mapped[str] = mapped_column(String(500))
    actor_id: Mapped[int | None]
    recorded_at: Mapped[datetime]
