"""Who is asked to complete what by which day, and who was reminded of it."""

from datetime import date, datetime, tzinfo

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.courses.models.learning import Course, Module
from training.courses.rules.assigning import OVERDUE, REMINDED_DAYS_BEFORE, end_of
from training.db import Base

IS_OPEN = text("withdrawn_at IS NULL")


def _once(name: str, *columns: str) -> Index:
    """Nobody is asked for the same thing twice at once."""
    return Index(f"ix_assignments_open_{name}", *columns, unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)


class Assignment(Base):
    """A course, or a module, that a person, everybody of a team or cohort, or everybody of a market or language is asked to complete by a day."""

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN person_id IS NULL THEN 0 ELSE 1 END + CASE WHEN team_id IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN cohort_id IS NULL THEN 0 ELSE 1 END + CASE WHEN rule IS NULL THEN 0 ELSE 1 END = 1",
            name="is_for_one_audience",
        ),
        CheckConstraint("(course_id IS NULL) <> (module_id IS NULL)", name="asks_for_one_thing"),
        CheckConstraint("due_at > assigned_at", name="is_due_later"),
        _once("person", "person_id", "course_id"),
        _once("team", "team_id", "course_id"),
        _once("cohort", "cohort_id", "course_id"),
        _once("rule", "rule", "course_id"),
        _once("person_module", "person_id", "module_id"),
        _once("team_module", "team_id", "module_id"),
        _once("cohort_module", "cohort_id", "module_id"),
        _once("rule_module", "rule", "module_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohorts.id"))
    rule: Mapped[str | None] = mapped_column(String(20))
    """Of an `AudienceRule`: it also takes in who comes later."""
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), index=True)
    module_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)
    assigned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    assigned_at: Mapped[datetime]
    due_at: Mapped[datetime]
    """The end of the day where whoever asked is; of what was asked for by an instant, that instant."""
    due_on: Mapped[date | None]
    """The day: it ends for each person where they are. Nothing where it was asked for by an instant."""
    withdrawn_at: Mapped[datetime | None]

    course: Mapped[Course | None] = relationship()
    module: Mapped[Module | None] = relationship()

    @property
    def is_counted(self) -> bool:
        """Whether it asks so many that lists tell how many they are and not who: everybody of a cohort, or by a rule."""
        return self.rule is not None or self.cohort_id is not None

    def due_where(self, zone: tzinfo) -> datetime:
        """The instant by which somebody in this zone is to be done."""
        return self.due_at if self.due_on is None else end_of(self.due_on, zone)


class AssignmentReminder(Base):
    """One reminder of an assignment to one person: there is never a second one, however often the job runs."""

    __tablename__ = "assignment_reminders"
    __table_args__ = (
        CheckConstraint(f"days_before IN ({', '.join(map(str, (*REMINDED_DAYS_BEFORE, OVERDUE)))})", name="days_are_known"),
        UniqueConstraint("assignment_id", "person_id", "days_before", name="uq_assignment_reminders_once"),
        Index("ix_assignment_reminders_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    days_before: Mapped[int]
    settled_at: Mapped[datetime]
    """When it was sent on its way, or found to be needless."""
    mail_id: Mapped[int | None]
    """The mail in the outbox; nothing where it was needless, or was withdrawn."""
