"""What was done by the rules of retention."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base


class RetentionRun(Base):
    """One night's work, done in batches until nothing is left whose time is over."""

    __tablename__ = "retention_runs"

    day: Mapped[date] = mapped_column(primary_key=True)
    """The organisation's day."""
    began_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]]
    """How many rows of which table so far."""
