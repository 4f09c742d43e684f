"""What changed in the policies, as it was published."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base, append_only
from training.policy_changes.documents import CHANGE, CHANGES
from training.policy_changes.rules.changes import PolicyChange


@append_only
class PublishedChange(Base):
    """One module's step to a version that asks something of people, with the words before and after."""

    __tablename__ = "policy_changes"
    __table_args__ = (UniqueConstraint("module_slug", "version", name="uq_policy_changes_module_slug_version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_slug: Mapped[str] = mapped_column(String(60))
    version: Mapped[str] = mapped_column(String(20))
    document: Mapped[dict[str, Any]]
    """A `PolicyChange` as JSON."""
    check_slug: Mapped[str | None] = mapped_column(String(60))
    """The short check that was made of it."""
    exams: Mapped[list[Any]]
    """`[slug, version]` of the delta exams that ask about it: no other change asks for these."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime]
    due_at: Mapped[datetime]

    @property
    def change(self) -> PolicyChange:
        """What changed."""
        return CHANGE.validate_python(self.document)


@append_only
class PolicyProposal(Base):
    """A plan that changes what policies ask of people, as it waits for a second person."""

    __tablename__ = "policy_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    """Who wrote the change, as whoever runs the sync says."""
    document: Mapped[list[Any]]
    """Every `PolicyChange` of the plan as JSON."""
    rekeyed: Mapped[list[Any]]
    """The cases and items that the same plan gives another key or text, by id."""
    proposed_at: Mapped[datetime]

    @property
    def changes(self) -> tuple[PolicyChange, ...]:
        """What would change."""
        return CHANGES.validate_python(self.document)


@append_only
class PolicyApproval(Base):
    """That somebody other than its author approved a plan: this plan and no other."""

    __tablename__ = "policy_approvals"
    __table_args__ = (CheckConstraint("approved_by_id <> author_id", name="by_somebody_else"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("policy_proposals.id"), unique=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    approved_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime]
