"""Score runs: the ledger of every grading of every attempt."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.exams.models.bank import one_of
from training.exams.rules.runs import RunReason


class ScoreRun(Base):
    """One grading of an attempt: why, when, by whom and by which rules, and what it replaced. A regrade is another run; neither edits the other."""

    __tablename__ = "score_runs"
    __table_args__ = (
        UniqueConstraint("attempt_id", "ordinal"),
        CheckConstraint(one_of("reason", RunReason), name="reason_is_known"),
        CheckConstraint("(ordinal = 1) = (previous_run_id IS NULL)", name="follows_the_run_before"),
        CheckConstraint("ruling_id IS NULL OR reason = 'ruled'", name="ruling_is_the_reason"),
        CheckConstraint("is_final OR NOT is_passed", name="passes_only_when_final"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"))
    ordinal: Mapped[int]
    previous_run_id: Mapped[int | None] = mapped_column(ForeignKey("score_runs.id"))
    """The run that this one replaced as the current one."""
    reason: Mapped[str] = mapped_column(String(30))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Whose deed led to it; nobody where time did."""
    ruling_id: Mapped[int | None] = mapped_column(ForeignKey("item_rulings.id"), index=True)
    """The ruling that it carries out, where that is why."""
    rule_version: Mapped[str] = mapped_column(String(20))
    result: Mapped[dict[str, Any]]
    items: Mapped[bytes]
    """The item versions of the form by place: see `pack_items`. Copied, so that one row tells all that statistics need."""
    marks: Mapped[bytes]
    """One byte a place, in order: see `pack_marks`."""
    credits: Mapped[dict[str, Any]]
    """`{position: credit}` of the places that are right in part."""
    is_passed: Mapped[bool]
    is_final: Mapped[bool]
    """Whether nothing waits for a marker any more."""
    graded_at: Mapped[datetime]


append_only(ScoreRun)
