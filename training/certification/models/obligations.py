"""What people must do by a date."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class Obligation(Base):
    """Something a person must do by a date to keep access in some areas, such as a delta after a policy change.

    `met_at` is written once; what was known before `met_recorded_at` was an open obligation.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        CheckConstraint("(met_at IS NULL) = (met_recorded_at IS NULL)", name="met"),
        Index("ix_obligations_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    module_slug: Mapped[str] = mapped_column(String(60))
    areas: Mapped[list[Any]]
    kind: Mapped[str] = mapped_column(String(20))
    effective_from: Mapped[datetime]
    due_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    met_at: Mapped[datetime | None]
    met_recorded_at: Mapped[datetime | None]
