"""Absences, their causes apart from them, and shifts."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.rules.absences import AbsenceKind
from training.db import Base, append_only, ends_once

_KINDS = ", ".join(f"'{kind}'" for kind in AbsenceKind)


class Absence(Base):
    """That somebody is not available over a span. It says neither why nor by whom: both are in its cause.

    Appended, and ended early at most once, from that moment on; the database refuses every other change.
    """

    __tablename__ = "absences"
    __table_args__ = (
        CheckConstraint("effective_from < effective_until", name="span"),
        CheckConstraint("ended_at >= recorded_at", name="never_ended_before"),
        Index(None, "person_id", "over_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    effective_from: Mapped[datetime]
    effective_until: Mapped[datetime | None]
    """Its date; without one it lasts until it is ended."""
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    over_at: Mapped[datetime]
    """The earlier of both, by which the gate finds what still matters; in the year 9999 where there is neither."""


class AbsenceCause(Base):
    """Why somebody is not available, for the few who may know. It can be forgotten, and the gate answers about the past as before."""

    __tablename__ = "absence_causes"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_is_known"),
        CheckConstraint("kind <> 'hold' OR reason IS NOT NULL", name="holds_say_why"),
    )

    absence_id: Mapped[int] = mapped_column(ForeignKey("absences.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(String(400))
    """Why, in words: holds have it, nothing else does."""
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))


class Shift(Base):
    """A shift that people work."""

    __tablename__ = "shifts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)


class ShiftVersion(Base):
    """A shift's hours from an instant on; the gate asks these about the past."""

    __tablename__ = "shift_versions"
    __table_args__ = (UniqueConstraint("shift_id", "number"), CheckConstraint("begins <> ends", name="has_a_length"))

    id: Mapped[int] = mapped_column(primary_key=True)
    shift_id: Mapped[int] = mapped_column(ForeignKey("shifts.id"))
    number: Mapped[int]
    zone: Mapped[str] = mapped_column(String(60))
    days: Mapped[list[Any]]
    """Days of the week on which it begins, 1 for Monday."""
    begins: Mapped[str] = mapped_column(String(5))
    """`22:00` by the clock of the zone."""
    ends: Mapped[str] = mapped_column(String(5))
    is_binding: Mapped[bool]
    """Whether its people are unavailable outside these hours."""
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]


class ShiftAssignment(Base):
    """That somebody works a shift, or none, from an instant on."""

    __tablename__ = "shift_assignments"
    __table_args__ = (Index(None, "person_id"), Index(None, "shift_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id"))
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


append_only(ShiftVersion)
append_only(ShiftAssignment)
ends_once(Absence)
