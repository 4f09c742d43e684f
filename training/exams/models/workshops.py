"""Angoff workshops: who is called to judge which questions of an exam, and how far it is. What judges say: `analysis.ItemEstimate`."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.exams.rules.workshops import WorkshopState, state_of


class CutWorkshop(Base):
    """Several people who say where the cut of an exam lies, question by question: by themselves, then once more with the spread before them."""

    __tablename__ = "cut_workshops"
    __table_args__ = (
        CheckConstraint("revealed_at IS NULL OR revealed_at >= called_at", name="revealed_after_it_was_called"),
        CheckConstraint("closed_at IS NULL OR closed_at >= coalesce(revealed_at, called_at)", name="closed_last"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_version_id: Mapped[int] = mapped_column(ForeignKey("exam_versions.id"), index=True)
    note: Mapped[str] = mapped_column(Text)
    """Whom the judges are to think of: what somebody who is just good enough can do and cannot."""
    called_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    called_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    @property
    def state(self) -> WorkshopState:
        """Where it stands."""
        return state_of(self.revealed_at, self.closed_at)


@append_only
class CutWorkshopQuestion(Base):
    """A question of a workshop, in the version that everybody judges."""

    __tablename__ = "cut_workshop_questions"
    __table_args__ = (UniqueConstraint("workshop_id", "item_version_id"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("cut_workshops.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    item_version_id: Mapped[int] = mapped_column(ForeignKey("item_versions.id"), index=True)


class CutWorkshopJudge(Base):
    """Somebody who is called to judge. Once they have begun they know every question of it, and draw none."""

    __tablename__ = "cut_workshop_judges"
    __table_args__ = (Index("ix_cut_workshop_judges_person", "person_id"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("cut_workshops.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    called_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
