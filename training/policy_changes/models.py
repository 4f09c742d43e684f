"""What changed in the policies, as it was published."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.rules.versions import Version
from training.db import Base, append_only
from training.policy_changes.documents import CHANGE
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
    """`[slug, version]` of the delta exams that ask about it."""
    published_at: Mapped[datetime]
    due_at: Mapped[datetime]

    @property
    def change(self) -> PolicyChange:
        """What changed."""
        return CHANGE.validate_python(self.document)

    @property
    def exam_versions(self) -> tuple[tuple[str, Version], ...]:
        """The delta exams that ask about it, by slug, with their versions."""
        return tuple((slug, Version.parse(version)) for slug, version in self.exams)
