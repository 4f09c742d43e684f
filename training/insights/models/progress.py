"""How far people are on their way, what groups of them decide, and what policy changes did: counted beside requests, so that pages look at nobody."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from training.db import Base
from training.insights.rules.effects import Phase, Side
from training.insights.rules.enforcement import Basis
from training.insights.rules.funnel import Stage

_STAGES = ", ".join(repr(stage.value) for stage in Stage)
_BASES = ", ".join(repr(basis.value) for basis in Basis)


class OrganisationWay(Base):
    """On which day of the organisation's zone somebody who was ever active first reached each stage, and the group that is theirs, or was when they left."""

    __tablename__ = "organisation_ways"
    __table_args__ = (
        CheckConstraint(f"furthest IN ({_STAGES})", name="stage_is_known"),
        Index("ix_organisation_ways_stage", "furthest", "reached_on", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    group_id: Mapped[int] = mapped_column(ForeignKey("organisation_groups.id"), index=True)
    hired_on: Mapped[date]
    read_on: Mapped[date | None]
    course_on: Mapped[date | None]
    exam_on: Mapped[date | None]
    certified_on: Mapped[date | None]
    open_on: Mapped[date | None]
    unsupervised_on: Mapped[date | None]
    left_on: Mapped[date | None]
    is_in_shadow: Mapped[bool]
    furthest: Mapped[str] = mapped_column(String(12))
    reached_on: Mapped[date]
    """When they reached that stage."""


class OrganisationFunnel(Base):
    """The ways of a group's people, each a row of small numbers (`rules.ways`): what pages read instead of the people."""

    __tablename__ = "organisation_funnels"

    group_id: Mapped[int] = mapped_column(ForeignKey("organisation_groups.id"), primary_key=True, autoincrement=False)
    ways: Mapped[bytes] = mapped_column(LargeBinary)


class OrganisationDecision(Base):
    """What the people who are in a group now decided in a month of the organisation's zone, where an expert said what was right."""

    __tablename__ = "organisation_decisions"
    __table_args__ = (CheckConstraint(f"basis IN ({_BASES})", name="basis_is_known"),)

    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    basis: Mapped[str] = mapped_column(String(12), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("organisation_groups.id"), primary_key=True, autoincrement=False)
    count: Mapped[int]
    right: Mapped[int]
    hits: Mapped[int]
    misses: Mapped[int]
    false_alarms: Mapped[int]
    correct_rejections: Mapped[int]
    wrong_selections: Mapped[int]
    people: Mapped[int]
    """How many of them decided anything."""


class ChangeCount(Base):
    """Over how many weeks a policy change was counted, and how many people it asks."""

    __tablename__ = "change_counts"

    change_id: Mapped[int] = mapped_column(ForeignKey("policy_changes.id"), primary_key=True, autoincrement=False)
    weeks: Mapped[int]
    asked: Mapped[int]


class ChangeEffect(Base):
    """Answers about what a policy change touched, before and after it."""

    __tablename__ = "change_effects"
    __table_args__ = (
        CheckConstraint(f"basis IN ({_BASES})", name="basis_is_known"),
        CheckConstraint(f"side IN ({', '.join(repr(side.value) for side in Side)})", name="side_is_known"),
        CheckConstraint(f"phase IN ({', '.join(repr(phase.value) for phase in Phase)})", name="phase_is_known"),
    )

    change_id: Mapped[int] = mapped_column(ForeignKey("policy_changes.id"), primary_key=True, autoincrement=False)
    basis: Mapped[str] = mapped_column(String(12), primary_key=True)
    side: Mapped[str] = mapped_column(String(12), primary_key=True)
    phase: Mapped[str] = mapped_column(String(10), primary_key=True)
    count: Mapped[int]
    right: Mapped[int]
    people: Mapped[int]


class ChangeUptake(Base):
    """How many of those whom a policy change asks acknowledged it on a day after its publication."""

    __tablename__ = "change_uptakes"

    change_id: Mapped[int] = mapped_column(ForeignKey("policy_changes.id"), primary_key=True, autoincrement=False)
    day: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """0 for the day of publication, as the organisation's zone has it; what was acknowledged before counts there."""
    people: Mapped[int]


class OrganisationCounting(Base):
    """When something was last counted as a whole, and how long that took: by it the next time is chosen."""

    __tablename__ = "organisation_countings"

    what: Mapped[str] = mapped_column(String(20), primary_key=True)
    counted_at: Mapped[datetime]
    seconds: Mapped[float]
