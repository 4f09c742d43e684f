"""What analysis reads and keeps: answers in a compact form, figures as last computed, flags with what people ruled, and judges' estimates."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.exams.models.bank import one_of
from training.exams.rules.analysis.flags import FlagDeed


class AnswerSheet(Base):
    """All answers of a finished attempt in one row, place by place, so that a million of them can be read at once."""

    __tablename__ = "answer_sheets"

    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    codes: Mapped[bytes]
    """Two bytes a place, little-endian: see `rules.answer_codes`."""
    seconds: Mapped[bytes]
    """Two bytes a place, little-endian: how long the answer took; 0 where that is not known."""


class ItemStatistic(Base):
    """The figures of one item version as they were last computed."""

    __tablename__ = "item_statistics"

    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_versions.id"), primary_key=True)
    answer_count: Mapped[int]
    flags: Mapped[str] = mapped_column(String(200))
    """What the answers raise: words with a space before and after each, so that one can be looked for."""
    figures: Mapped[dict[str, Any]]
    """See `queries.statistics.ITEM_FIGURES`."""
    computed_at: Mapped[datetime]


class ExamStatistic(Base):
    """The figures of one version of an exam as they were last computed."""

    __tablename__ = "exam_statistics"

    exam_version_id: Mapped[int] = mapped_column(ForeignKey("exam_versions.id"), primary_key=True)
    attempt_count: Mapped[int]
    """First attempts, failed and timed-out ones included."""
    figures: Mapped[dict[str, Any]]
    """See `queries.statistics.EXAM_FIGURES`."""
    items: Mapped[list[Any]] = mapped_column(deferred=True)
    """A list of values for each item version on its forms: see `queries.statistics.told_items`."""
    computed_at: Mapped[datetime]


class AnalysisRun(Base):
    """How far the figures are: the one row says up to which score run they were computed."""

    __tablename__ = "analysis_runs"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    last_run_id: Mapped[int]
    computed_at: Mapped[datetime]


class ItemFlagEvent(Base):
    """What was raised about an item and what people ruled. An item whose last event is not a release is drawn no more."""

    __tablename__ = "item_flag_events"
    __table_args__ = (
        CheckConstraint(one_of("deed", FlagDeed), name="deed_is_known"),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
        CheckConstraint("deed <> 'held' OR by_id IS NOT NULL", name="people_hold"),
        CheckConstraint("rule_author_id IS NULL OR deed = 'held'", name="rules_hold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    item_version_id: Mapped[int | None] = mapped_column(ForeignKey("item_versions.id"))
    deed: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    answer_count: Mapped[int]
    """How many answers of the version there were: what they raised up to here is ruled on when the item is released."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Nobody, where the answers raised it, or another text or key released it."""
    rule_author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Where a changed rule holds it: who wrote the change, and so does not release it."""
    at: Mapped[datetime]


class ItemEstimate(Base):
    """A judge's estimate by the modified Angoff method. Of those that are revealed the last one of a judge counts."""

    __tablename__ = "item_estimates"
    __table_args__ = (
        CheckConstraint("chance > 0 AND chance <= 1", name="chance_is_one"),
        CheckConstraint("(workshop_id IS NULL) = (round_number IS NULL)", name="workshops_have_rounds"),
        CheckConstraint("round_number IN (1, 2)", name="round_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_versions.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    chance: Mapped[float]
    """Of answering right, for a person who is just good enough; of what is earned in part, the share of it."""
    recorded_at: Mapped[datetime]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("cut_workshops.id"), index=True)
    """Nothing of those that were given on the items' own pages, before there were workshops: they count on."""
    round_number: Mapped[int | None]


class CutEstimate(Base):
    """What a judge says of a whole exam, in percent: the cut and who should reach it, and between what both may lie. The last one of a judge counts."""

    __tablename__ = "cut_estimates"
    __table_args__ = (
        CheckConstraint("0 <= lowest_cut_percent AND lowest_cut_percent <= cut_percent", name="cut_is_not_below_the_lowest"),
        CheckConstraint("cut_percent <= highest_cut_percent AND highest_cut_percent <= 100", name="cut_is_not_above_the_highest"),
        CheckConstraint("0 <= lowest_failing_percent AND lowest_failing_percent <= 100 - passing_percent", name="as_many_fail_as_the_lowest"),
        CheckConstraint("100 - passing_percent <= highest_failing_percent AND highest_failing_percent <= 100", name="no_more_fail_than_the_highest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_version_id: Mapped[int] = mapped_column(ForeignKey("exam_versions.id"), index=True)
    judge_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    cut_percent: Mapped[int]
    passing_percent: Mapped[int]
    lowest_cut_percent: Mapped[int]
    highest_cut_percent: Mapped[int]
    lowest_failing_percent: Mapped[int]
    highest_failing_percent: Mapped[int]
    recorded_at: Mapped[datetime]


for _ledger in (ItemFlagEvent, ItemEstimate, CutEstimate):
    append_only(_ledger)
