"""The audit: entries, the seals that chain them, and the salts that hide personal values."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.audit.rules import FORGOTTEN, HASHED, Statement
from training.db import Base, append_only


class AuditEntry(Base):
    """One deed: who did what to what, when, from where. Written in the deed's own transaction."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index(None, "deed", "id"),
        Index(None, "actor_kind", "actor_id", "id"),
        Index(None, "subject_kind", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deed: Mapped[str] = mapped_column(String(60))
    actor_kind: Mapped[str] = mapped_column(String(10))
    actor_id: Mapped[int | None]
    address_hash: Mapped[str | None] = mapped_column(String(64))
    request_id: Mapped[str | None] = mapped_column(String(100))
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[str] = mapped_column(String(100))
    detail_json: Mapped[str] = mapped_column(Text)
    """Canonical JSON, kept as text so that every database gives back the bytes that were sealed."""
    at: Mapped[datetime]

    words: Mapped[list["AuditWords"]] = relationship(passive_deletes="all")
    """What somebody wrote about it, such as why: apart, so that it can be forgotten where it names a person."""

    @property
    def detail(self) -> dict[str, Any]:
        """What the deed added to who, what and when, with the words that were written about it."""
        written = {words.name: words.text for words in self.words}
        said = json.loads(self.detail_json)
        return {name.removesuffix(HASHED): written.get(name.removesuffix(HASHED), FORGOTTEN) if name.endswith(HASHED) else said[name] for name in said}

    @property
    def statement(self) -> Statement:
        """What the chain vouches for."""
        return Statement(
            id=self.id,
            deed=self.deed,
            actor_kind=self.actor_kind,
            actor_id=self.actor_id,
            address_hash=self.address_hash,
            request_id=self.request_id,
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            detail_json=self.detail_json,
            at=self.at,
        )


class AuditSeal(Base):
    """One link of the chain. Positions run without gaps from 1, whatever order entries were committed in."""

    __tablename__ = "audit_seals"

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), unique=True)
    previous_hash: Mapped[str] = mapped_column(String(64), unique=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_at: Mapped[datetime] = mapped_column(index=True)


class AuditWords(Base):
    """Free text of an entry, whose chained detail holds its hash under this row's own salt: with the row, the text is forgotten, and no chain breaks."""

    __tablename__ = "audit_words"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    text: Mapped[str] = mapped_column(Text)


class AuditSalt(Base):
    """The salt under which a month's personal values were hashed. Deleting it makes them unreadable for ever."""

    __tablename__ = "audit_salts"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))


append_only(AuditEntry)
append_only(AuditSeal)
append_only(AuditWords)
