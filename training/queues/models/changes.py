"""The feed of what changed at the gate, and what waits to enter it."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, JsonValue
from training.queues.rules.changes import ENDS, SHIFT, ChangeKind

_KINDS = ", ".join(f"'{kind}'" for kind in ChangeKind)


class AccessCause(Base):
    """Something that the gate reads and that changed, or that changes by time alone at `due_at`.

    Triggers write it in the deed's own transaction (`causes.py`); the sequencer takes it away when it gives it a position.
    """

    __tablename__ = "access_causes"
    __table_args__ = (CheckConstraint(f"kind IN ({_KINDS}, '{ENDS}', '{SHIFT}')", name="kind_is_known"), Index(None, "due_at", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Nobody where it concerns everybody."""
    queue_id: Mapped[int | None] = mapped_column(ForeignKey("queues.id"))
    certification_id: Mapped[int | None] = mapped_column(ForeignKey("certifications.id"))
    shift_id: Mapped[int | None] = mapped_column(ForeignKey("shifts.id"))
    module_slug: Mapped[str | None] = mapped_column(String(60))
    areas: Mapped[list[Any] | None] = mapped_column(JsonValue)
    due_at: Mapped[datetime]
    shared_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    """Of causes with one key only one waits: a change of policy is told of once, not once a person, and an end that moved once."""


class AccessChange(Base):
    """One event of the feed. Positions run without gaps from 1, in the order in which the sequencer saw what was committed."""

    __tablename__ = "access_changes"
    __table_args__ = (CheckConstraint(f"kind IN ({_KINDS})", name="kind_is_known"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    """When it took effect; not always in the order of positions, since what is recorded late takes effect late."""
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    queues: Mapped[list[Any] | None] = mapped_column(JsonValue)
    """Slugs of those concerned; nothing where all are."""
    certification: Mapped[str | None] = mapped_column(String(60))
    sequenced_at: Mapped[datetime] = mapped_column(index=True)
