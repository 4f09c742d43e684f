"""The tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.cases.models import Case
from training.db import Base, append_only
from training.practice.rules import LARGEST_SET, LONGEST_SCOPE


class Check(Base):
    """A small practice set that modules and courses name."""

    __tablename__ = "checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("check_versions.id", use_alter=True))


class CheckVersion(Base):
    """What a practice set holds: immutable."""

    __tablename__ = "check_versions"
    __table_args__ = (UniqueConstraint("check_id", "number"), CheckConstraint("pass_count > 0", name="can_be_failed"))

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(ForeignKey("checks.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    case_ids: Mapped[list[Any]]
    """The cases in their order, by row id."""
    pass_count: Mapped[int]
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class PracticeSession(Base):
    """A stretch of practising: of everything, of some areas, or one run of a check."""

    __tablename__ = "practice_sessions"
    __table_args__ = (
        Index(
            "uq_practice_sessions_one_open_a_scope",
            "person_id",
            "scope",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    scope: Mapped[str] = mapped_column(String(LONGEST_SCOPE))
    """What it practises, as `rules.Purpose` writes it: `all`, `areas:IPR+PRO`, `surface:listing`, `check:<slug>`."""
    check_version_id: Mapped[int | None] = mapped_column(ForeignKey("check_versions.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Serving(Base):
    """One case put before one person, to be answered once."""

    __tablename__ = "servings"
    __table_args__ = (
        UniqueConstraint("session_id", "position"),
        Index(
            "uq_servings_one_open_a_session",
            "session_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL AND skipped_at IS NULL"),
            postgresql_where=text("answered_at IS NULL AND skipped_at IS NULL"),
        ),
        CheckConstraint("answered_at IS NULL OR skipped_at IS NULL", name="answered_or_skipped"),
        CheckConstraint("(answered_at IS NULL) = (judgement_id IS NULL)", name="answer_is_a_judgement"),
        CheckConstraint("NOT is_ahead OR (answered_at IS NULL AND skipped_at IS NULL)", name="ahead_is_open"),
        Index("ix_servings_person_case", "person_id", "case_id"),
        Index("ix_servings_person_latest", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("practice_sessions.id"))
    position: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    case_version_id: Mapped[int] = mapped_column(ForeignKey("case_versions.id"))
    reference_id: Mapped[int] = mapped_column(ForeignKey("case_references.id"))
    is_repeat: Mapped[bool]
    """Whether the person had answered this case before it was served."""
    is_borderline: Mapped[bool]
    """Whether the case was borderline when it was served."""
    is_severe: Mapped[bool]
    """Whether it was shown behind a warning."""
    is_ahead: Mapped[bool] = mapped_column(default=False)
    """Whether it is only laid ready, while its person reads what the expert said of the one before: not shown yet, so its time does not run."""
    served_at: Mapped[datetime]
    """When it was shown; while it is laid ready, since when."""
    answered_at: Mapped[datetime | None]
    skipped_at: Mapped[datetime | None]
    judgement_id: Mapped[int | None] = mapped_column(ForeignKey("judgements.id"), unique=True)
    case: Mapped[Case] = relationship()
    session: Mapped[PracticeSession] = relationship()


class PracticePreference(Base):
    """How a person wants cases shown. Where a wish is null, or there is no row, they go with the organisation."""

    __tablename__ = "practice_preferences"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    is_blurring: Mapped[bool | None]
    is_greyscale: Mapped[bool | None]
    is_muted: Mapped[bool | None]
    is_autoplaying: Mapped[bool | None]
    is_thumbnailed: Mapped[bool | None]
    is_prompting_breaks: Mapped[bool | None]
    changed_at: Mapped[datetime]


@append_only
class SevereExposure(Base):
    """That a severe case was shown to a person. Whether they skipped it stands with the serving."""

    __tablename__ = "severe_exposures"
    __table_args__ = (Index("ix_severe_exposures_person_shown", "person_id", "shown_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    serving_id: Mapped[int] = mapped_column(ForeignKey("servings.id"), unique=True)
    shown_at: Mapped[datetime]


@append_only
class ConsentEvent(Base):
    """That a person gave or withdrew their consent to a kind of hard material. Theirs alone to see; others read that they are unavailable."""

    __tablename__ = "consent_events"
    __table_args__ = (Index("ix_consent_events_person", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    sensitivity: Mapped[str] = mapped_column(String(20))
    is_given: Mapped[bool]
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]


@append_only
class ConsentAsking(Base):
    """That the organisation asks for consent to a kind first, or counts it as given until it is withdrawn."""

    __tablename__ = "consent_askings"
    __table_args__ = (Index("ix_consent_askings_sensitivity", "sensitivity"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    sensitivity: Mapped[str] = mapped_column(String(20))
    is_asked: Mapped[bool]
    effective_from: Mapped[datetime]
    recorded_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Nobody where it was so from the start."""


class ConceptMemory(Base):
    """How a person stands in a concept: kept with each practice answer, and the same as reckoning them all again gives."""

    __tablename__ = "concept_memories"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    concept: Mapped[str] = mapped_column(String(20), primary_key=True)
    stability: Mapped[float]
    difficulty: Mapped[float]
    last_reviewed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    answer_number: Mapped[int]
    """The how-many-eth practice answer of the person, in all concepts together, the last one here was."""
    weakness: Mapped[float]
    count: Mapped[int]
    """Cases answered for the first time."""
    right: Mapped[int]
    """Those of them that were right by the strict outcome."""
    repeat_count: Mapped[int]
    borderline_count: Mapped[int]
    """Of all answers, those to borderline cases."""
    is_failed: Mapped[bool]
    """Whether the last answer was wrong."""
    confused_with: Mapped[str | None] = mapped_column(String(10))
    """The label that the last answer, a wrong one, took it for."""
    last_case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))


class AreaMastery(Base):
    """What a person's first answers in an area say of their accuracy: a Beta distribution that forgets."""

    __tablename__ = "area_masteries"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(10), primary_key=True)
    right_weight: Mapped[float]
    wrong_weight: Mapped[float]
    count: Mapped[int]
    day_count: Mapped[int]
    """Days, in UTC, with a first answer."""
    last_answered_at: Mapped[datetime]


class PracticeCall(Base):
    """That a person erred in live work, so that a concept comes next in their practice. It waits until they practise the concept, or the error was none."""

    __tablename__ = "practice_calls"
    __table_args__ = (UniqueConstraint("person_id", "concept", "occasion"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    concept: Mapped[str] = mapped_column(String(20))
    occasion: Mapped[str] = mapped_column(String(60))
    """What it was found on: an audit calls once."""
    called_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    """Since when it calls for nothing, because what it was found on was corrected; nothing again where that was an error after all."""


class PracticeSet(Base):
    """What a trainer picked for others to practise, cases in their order or clauses: immutable."""

    __tablename__ = "practice_sets"
    __table_args__ = (CheckConstraint(f"case_count BETWEEN 1 AND {LARGEST_SET}", name="size_bounded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text)
    """What the trainer says to whoever practises it."""
    case_ids: Mapped[list[Any]]
    """Row ids of cases; none where clauses are practised."""
    clauses: Mapped[list[Any]]
    case_count: Mapped[int]
    """How many cases make it whole."""
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class SetAssignment(Base):
    """A set that a person, or everybody of a team, is given to practise."""

    __tablename__ = "set_assignments"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (team_id IS NULL)", name="is_for_a_person_or_a_team"),
        *(
            Index(
                f"uq_set_assignments_open_{whom}",
                f"{whom}_id",
                "set_id",
                unique=True,
                sqlite_where=text("withdrawn_at IS NULL"),
                postgresql_where=text("withdrawn_at IS NULL"),
            )
            for whom in ("person", "team")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    set_id: Mapped[int] = mapped_column(ForeignKey("practice_sets.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    team_id: Mapped[int | None] = mapped_column(ForeignKey("teams.id"))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


append_only(CheckVersion)
append_only(PracticeCall, but="taken_back_at")
append_only(PracticeSet)
