"""Rulings about keys, and how far the grading that follows from each is."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.db import Base, append_only
from training.exams.models.bank import ItemVersion, one_of
from training.exams.rules.rulings import RulingKind


class ItemRuling(Base):
    """What a person ruled about the key of one item version. The last ruling about a version is in force, for attempts graded before and after."""

    __tablename__ = "item_rulings"
    __table_args__ = (
        UniqueConstraint("item_version_id", "ordinal"),
        CheckConstraint(one_of("kind", RulingKind), name="kind_is_known"),
        CheckConstraint("length(reason) > 0", name="reason_is_given"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_versions.id"))
    ordinal: Mapped[int]
    kind: Mapped[str] = mapped_column(String(15))
    key: Mapped[dict[str, Any]]
    """The new key, for kinds of items that have it in themselves: see `rules.rulings`; `{}` where there is none."""
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("case_references.id"))
    """The new version of the reference, for cases."""
    reason: Mapped[str] = mapped_column(String(1_000))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    ruled_at: Mapped[datetime]

    item_version: Mapped[ItemVersion] = relationship()


class Regrade(Base):
    """The grading that follows from a ruling, chunk by chunk: where it is, so that it goes on after whatever stopped it, and what it has done."""

    __tablename__ = "regrades"
    __table_args__ = (
        Index("ix_regrades_unfinished", "ruling_id", sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL")),
        CheckConstraint("graded_at IS NOT NULL OR finished_at IS NULL", name="graded_before_finished"),
    )

    ruling_id: Mapped[int] = mapped_column(ForeignKey("item_rulings.id"), primary_key=True)
    total_count: Mapped[int]
    """How many attempts were to be looked at when it was ruled."""
    seen_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    told_count: Mapped[int] = mapped_column(default=0)
    """How many of those whose score changed have had their consequences and their mail."""
    gained_count: Mapped[int] = mapped_column(default=0)
    lost_count: Mapped[int] = mapped_column(default=0)
    last_person_id: Mapped[int] = mapped_column(default=0)
    last_attempt_id: Mapped[int] = mapped_column(default=0)
    last_run_id: Mapped[int] = mapped_column(default=0)
    graded_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    ruling: Mapped[ItemRuling] = relationship()


append_only(ItemRuling)
