"""What figures about the organisation add up: groups of people and who is in which, what is followed of each, and of whom something changed since."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base
from training.insights.rules.lines import FIXED, LONGEST_SUBJECT, LineState, Topic


class OrganisationGroup(Base):
    """People who are alike in team, markets and languages, and how many they are. A group that nobody is in any more stays, with nobody."""

    __tablename__ = "organisation_groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(1000), unique=True)
    """All four columns that follow, as text: `rules.groups.Group.key`."""
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    markets: Mapped[list[Any]]
    languages: Mapped[list[Any]]
    is_moderating: Mapped[bool]
    person_count: Mapped[int]


class OrganisationMember(Base):
    """In which group somebody active is counted."""

    __tablename__ = "organisation_members"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("organisation_groups.id"), index=True)


class OrganisationNote(Base):
    """That something changes about a person at `due_at` that figures count.

    Triggers write it in the deed's own transaction (`notes.py`); whoever counts takes it away.
    """

    __tablename__ = "organisation_notes"
    __table_args__ = (Index(None, "due_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    due_at: Mapped[datetime]


class OrganisationWideNote(Base):
    """The same about many people at once: whom an assignment asks, or whoever has a line of a topic. Whoever counts notes each of them."""

    __tablename__ = "organisation_wide_notes"
    __table_args__ = (CheckConstraint("(assignment_id IS NULL) <> (topic IS NULL)", name="says_whom"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignments.id"))
    topic: Mapped[str | None] = mapped_column(String(12))


_STATES = ", ".join(repr(state.value) for state in LineState)
_FIXED = ", ".join(repr(state.value) for state in FIXED)


class OrganisationLine(Base):
    """One thing that is followed of one person: `rules.lines.Line`, the group that they are counted in, and as what the line is counted until `turns_at`."""

    __tablename__ = "organisation_lines"
    __table_args__ = (
        CheckConstraint(f"topic IN ({', '.join(repr(topic.value) for topic in Topic)})", name="topic_is_known"),
        CheckConstraint(f"fixed IN ({_FIXED})", name="fixed_is_known"),
        CheckConstraint(f"counted_as IN ({_STATES})", name="state_is_known"),
        Index("ix_organisation_lines_list", "topic", "subject", "counted_as", "due_at", "person_id"),
        Index("ix_organisation_lines_group", "group_id", "topic", "subject"),
        Index("ix_organisation_lines_turning", "turns_at"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    topic: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("organisation_groups.id"))
    due_at: Mapped[datetime]
    soon_at: Mapped[datetime]
    fixed: Mapped[str | None] = mapped_column(String(8))
    counted_as: Mapped[str] = mapped_column(String(8))
    turns_at: Mapped[datetime | None]
    """When, by the clock alone, it stands otherwise than it is counted; readers reckon what has turned since themselves."""


class OrganisationCount(Base):
    """How many people of a group have a line about something, by the state as which it is counted."""

    __tablename__ = "organisation_counts"

    group_id: Mapped[int] = mapped_column(ForeignKey("organisation_groups.id"), primary_key=True, autoincrement=False)
    topic: Mapped[str] = mapped_column(String(12), primary_key=True)
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT), primary_key=True)
    met: Mapped[int]
    ahead: Mapped[int]
    soon: Mapped[int]
    late: Mapped[int]
    waiting: Mapped[int]
