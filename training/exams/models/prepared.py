"""Forms that were drawn before an announced window opens."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only


class PreparedForm(Base):
    """One person's form of an exam version, drawn ahead: whoever starts within the window sits it, unless they know an item of it by then."""

    __tablename__ = "prepared_forms"
    __table_args__ = (UniqueConstraint("exam_version_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_version_id: Mapped[int] = mapped_column(ForeignKey("exam_versions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    seed: Mapped[int] = mapped_column(BigInteger)
    pool_hash: Mapped[str] = mapped_column(ForeignKey("draw_pools.hash"))
    draw_version: Mapped[int]
    cap_note: Mapped[str | None] = mapped_column(String(20))
    record: Mapped[dict[str, Any]]
    """`{"places": [[item version, whether on trial], …], "shared_items": …, "recent_families": …}`."""
    prepared_at: Mapped[datetime]


class PreparedFormRelease(Base):
    """A prepared form that nobody sat and nobody can sit any more: its items no longer count as used."""

    __tablename__ = "prepared_form_releases"

    form_id: Mapped[int] = mapped_column(ForeignKey("prepared_forms.id"), primary_key=True)
    released_at: Mapped[datetime]


append_only(PreparedForm)
append_only(PreparedFormRelease)
