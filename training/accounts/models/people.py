"""People and the ledger of what is true of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.rules import FactKind
from training.db import Base, append_only

_KINDS = ", ".join(f"'{kind}'" for kind in FactKind)


class Person(Base):
    """Somebody with an account. What changes about them is in their facts; the name is copied here for lists."""

    __tablename__ = "people"
    __table_args__ = (Index(None, "sort_name", "id"), CheckConstraint("email = lower(email)", name="email_is_lower_case"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True)
    """How programs and addresses name this person: `p_` and 16 random characters."""
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    sort_name: Mapped[str] = mapped_column(String(400))
    """The name without regard to case, for order and search."""
    password_hash: Mapped[str | None] = mapped_column(String(200))
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    """When their name, address and whatever else was personal were taken away; the number stays."""


class PersonEmail(Base):
    """Every address that anybody ever had, so that none is given to another person.

    Only its SHA-256: the row outlives the person's erasure.
    """

    __tablename__ = "person_emails"

    id: Mapped[int] = mapped_column(primary_key=True)
    email_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    recorded_at: Mapped[datetime]


class Team(Base):
    """People who work under the same lead."""

    __tablename__ = "teams"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)


class Cohort(Base):
    """People who are followed together, by a name that a trainer gave them. Who is in it since when are facts about them."""

    __tablename__ = "cohorts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    """Since when nobody joins it any more; who is in it stays."""


class PersonFact(Base):
    """One thing that is true of a person from `effective_from` on, as known since `recorded_at`."""

    __tablename__ = "person_facts"
    __table_args__ = (
        Index(None, "person_id", "kind", "effective_from"),
        Index(None, "kind", "term"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(20))
    value: Mapped[dict[str, Any]]
    """`{"value": …}`: the whole value of this kind."""
    term: Mapped[str | None] = mapped_column(String(200))
    """The value as text where it is a single one, to search by."""
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class CurrentFact(Base):
    """What is true of a person now, one row a member, so that lists are filtered and in order by one index.

    Derived from the facts, and never asked where it must be right to the second.
    """

    __tablename__ = "current_facts"
    __table_args__ = (Index(None, "kind", "member", "sort_name", "person_id"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    member: Mapped[str] = mapped_column(String(200), primary_key=True)
    sort_name: Mapped[str] = mapped_column(String(400))
    """The person's, copied: a filtered list in order of names is then one walk along the index."""


class PendingFact(Base):
    """A fact that takes effect later, until the current facts have followed it."""

    __tablename__ = "pending_facts"

    fact_id: Mapped[int] = mapped_column(ForeignKey("person_facts.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    due_at: Mapped[datetime] = mapped_column(index=True)


append_only(PersonEmail)
append_only(PersonFact)
