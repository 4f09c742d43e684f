"""What people must do by a date."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from training.certification.rules.deltas import Delta, DeltaKind
from training.courses.rules.versions import Version
from training.db import Base, JsonValue

IS_OPEN = text("met_at IS NULL")


class Obligation(Base):
    """Something a person must do by a date to keep access in some areas, such as a delta after a policy change.

    `met_at` is written once; what was known before `met_recorded_at` was an open obligation.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        CheckConstraint("(met_at IS NULL) = (met_recorded_at IS NULL)", name="met"),
        CheckConstraint(f"kind IN ({', '.join(repr(kind.value) for kind in DeltaKind)})", name="kind_is_known"),
        Index("ix_obligations_person", "person_id"),
        Index("ix_obligations_module", "module_slug", "module_version"),
        Index("uq_obligations_open", "person_id", "module_slug", "module_version", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    module_slug: Mapped[str] = mapped_column(String(60))
    module_version: Mapped[str] = mapped_column(String(20))
    """The version that the change led to."""
    areas: Mapped[list[Any]]
    kind: Mapped[str] = mapped_column(String(20))
    check_slug: Mapped[str | None] = mapped_column(String(60))
    exams: Mapped[list[Any] | None] = mapped_column(JsonValue)
    """`[slug, version]` of the exams of which one is to be passed."""
    effective_from: Mapped[datetime]
    due_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    met_at: Mapped[datetime | None]
    met_recorded_at: Mapped[datetime | None]
    met_by: Mapped[str | None] = mapped_column(String(32))
    """The public id of the attempt that met it."""

    @property
    def delta(self) -> Delta:
        """What it asks, as a value."""
        exams = tuple((slug, Version.parse(version)) for slug, version in self.exams or ())
        return Delta(self.module_slug, Version.parse(self.module_version), tuple(self.areas), DeltaKind(self.kind), self.check_slug, exams)
