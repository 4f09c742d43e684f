"""Files of questions that somebody brings in, and what each of their rows would become."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, JsonValue
from training.exchange.rules.states import ImportState

_STATES = ", ".join(repr(state.value) for state in ImportState)


class ItemImport(Base):
    """One file: what it is, what its uploader says of all of it, how far it is looked through, and what became of it."""

    __tablename__ = "item_imports"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_is_known"),
        CheckConstraint("(state = 'drafted') = (batch_id IS NOT NULL)", name="drafted_with_its_batch"),
        CheckConstraint("(state = 'broken') = (broken_line IS NOT NULL)", name="broken_on_a_line"),
        Index("ix_item_imports_waiting", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    file_token: Mapped[str] = mapped_column(String(32), unique=True)
    """The name under which the file lies until it is looked through."""
    file_name: Mapped[str] = mapped_column(String(200))
    """As its uploader calls it."""
    sha256: Mapped[str] = mapped_column(String(64))
    byte_count: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    columns: Mapped[list[str]] = mapped_column(JsonValue)
    """Of a table, in order."""
    terms: Mapped[dict[str, Any]] = mapped_column(JsonValue)
    """The column of each field, what holds for all rows, and the prefix of ids; empty until it is said."""
    state: Mapped[str] = mapped_column(String(12))
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    uploaded_at: Mapped[datetime]
    worked_at: Mapped[datetime | None]
    """When a job last looked at some of its rows."""
    row_count: Mapped[int] = mapped_column(default=0)
    """How many are looked through."""
    fault_count: Mapped[int] = mapped_column(default=0)
    broken_line: Mapped[int | None]
    """Where it could be read no further, from 1."""
    broken_problem: Mapped[str] = mapped_column(String(400), default="")
    broken_remedy: Mapped[str] = mapped_column(String(400), default="")
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("draft_batches.id"))


class ItemImportRow(Base):
    """What one row would become, until its file is taken in or given up."""

    __tablename__ = "item_import_rows"

    import_id: Mapped[int] = mapped_column(ForeignKey("item_imports.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    line: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    slug: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    """The document; nothing where there are faults."""
    missing: Mapped[list[str]] = mapped_column(JsonValue)
    faults: Mapped[list[list[str]]] = mapped_column(JsonValue)
    """Field, what is wrong, and how to mend it, of each."""
    losses: Mapped[list[list[str]]] = mapped_column(JsonValue)
    """What does not come along, and of which part, of each."""
    has_faults: Mapped[bool]
