"""Calls for blind labels of one case: what is shown to whoever labels, whom it was asked, and what they said."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, JsonValue, append_only

IS_OPEN = text("closed_at IS NULL")


class CasePanel(Base):
    """A call to label one case blind, whether it runs or is still being written: what it showed when it was called. A case has one open call at most."""

    __tablename__ = "case_panels"
    __table_args__ = (
        Index("uq_case_panels_one_open", "slug", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_case_panels_shown", "slug", "content_hash"),
        Index("ix_case_panels_area", "area", "opened_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60))
    surface: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10))
    market: Mapped[str] = mapped_column(String(2))
    content: Mapped[dict[str, Any]]
    images: Mapped[list[Any]]
    recording: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    content_hash: Mapped[str] = mapped_column(String(64))
    """Of what is shown, as versions of cases have it: labels of the same count together, and become part of the record of the case that shows it."""
    area: Mapped[str] = mapped_column(String(10))
    concept: Mapped[str] = mapped_column(String(20))
    """The deciding clause: who is asked before such material is shown, are not shown it where they did not agree."""
    family: Mapped[str] = mapped_column(String(60))
    severity: Mapped[str | None] = mapped_column(String(2))
    """As the expert said when it was called: more people label what is worst. Never shown to whoever labels."""
    is_exam_material: Mapped[bool]
    """Whether whoever labels it never sits it."""
    is_open_call: Mapped[bool]
    """Whether any trainer and anybody of QA may take it, asked or not."""
    note: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class CasePanelSeat(Base):
    """What one person is to a call: asked, at it, or no longer blind."""

    __tablename__ = "case_panel_seats"
    __table_args__ = (Index("ix_case_panel_seats_person", "person_id"),)

    panel_id: Mapped[int] = mapped_column(ForeignKey("case_panels.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    asked_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    """When they opened a case that exams may ask, to label it."""
    informed_at: Mapped[datetime | None]
    """Since when they know what the expert says, or leave it to others: they label it no more."""


@append_only
class CasePanelLabel(Base):
    """What somebody said of the case, blind. The first stands."""

    __tablename__ = "case_panel_labels"
    __table_args__ = (UniqueConstraint("panel_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("case_panels.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    answer: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]
