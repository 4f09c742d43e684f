"""Policy modules and their versions, clauses, courses, and what people have read and acknowledged."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import DDL, ForeignKey, Index, String, Text, UniqueConstraint, bindparam, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.courses.rules.changes import PassageText
from training.courses.rules.outline import Section, contents_of
from training.courses.rules.versions import Version
from training.db import Base, UtcDateTime, append_only


class Module(Base):
    """A policy module: what stays the same over its versions."""

    __tablename__ = "modules"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    area: Mapped[str] = mapped_column(String(3))
    language: Mapped[str] = mapped_column(String(2))
    original_id: Mapped[int | None] = mapped_column(ForeignKey("modules.id"), index=True)
    """What it translates; it never changes. Its clauses are those of the original and have no rows of their own."""
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("module_versions.id", use_alter=True))

    current_version: Mapped["ModuleVersion | None"] = relationship(foreign_keys=[current_version_id], post_update=True)
    original: Mapped["Module | None"] = relationship(foreign_keys=[original_id], remote_side="Module.id")


class ModuleVersion(Base):
    """One published version of a module: its source, and everything a page needs, rendered when it was published."""

    __tablename__ = "module_versions"
    __table_args__ = (UniqueConstraint("module_id", "major", "minor", "patch"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    major: Mapped[int]
    minor: Mapped[int]
    patch: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    outline: Mapped[dict[str, Any]]
    """The headings, clauses and checks in order, and the passages as plain text, for the contents list and for comparing versions."""
    section_count: Mapped[int]
    word_count: Mapped[int]
    followed: Mapped[str | None] = mapped_column(String(20))
    """The version of the original that it tells; nothing of an original."""
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]

    module: Mapped[Module] = relationship(foreign_keys=[module_id])

    @property
    def version(self) -> Version:
        """Its number, to be compared and shown."""
        return Version(self.major, self.minor, self.patch)

    @property
    def follows(self) -> Version | None:
        """The version of the original that it tells, to be compared."""
        return Version.parse(self.followed) if self.followed else None

    @property
    def contents(self) -> tuple[Section, ...]:
        """Its contents list."""
        return contents_of(self.outline["entries"])

    @property
    def passages(self) -> tuple[PassageText, ...]:
        """Its parts as plain text, to be compared."""
        return tuple(PassageText(**passage) for passage in self.outline["passages"])

    @property
    def pictures(self) -> Mapping[str, str]:
        """The hash of each picture that it shows, by its file's name; versions of before there were any say nothing of them."""
        found: dict[str, str] = self.outline.get("pictures", {})
        return found

    @property
    def checks(self) -> tuple[str, ...]:
        """The slugs of the checks inside it, in order."""
        return tuple(self.outline["checks"])


class Clause(Base):
    """A clause's stable code, and the module that holds it now."""

    __tablename__ = "clauses"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)

    module: Mapped[Module] = relationship()


class ClauseVersion(Base):
    """A clause as one module version has it."""

    __tablename__ = "clause_versions"
    __table_args__ = (UniqueConstraint("module_version_id", "clause_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    clause_id: Mapped[int] = mapped_column(ForeignKey("clauses.id"), index=True)
    module_version_id: Mapped[int] = mapped_column(ForeignKey("module_versions.id"))
    position: Mapped[int]
    labels: Mapped[list[Any]]
    html: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    content_hash: Mapped[str] = mapped_column(String(64))

    clause: Mapped[Clause] = relationship()
    module_version: Mapped[ModuleVersion] = relationship()


PASSAGE_VECTOR = "(setweight(to_tsvector('simple', title_words), 'A') || setweight(to_tsvector('simple', words), 'D'))"
"""What PostgreSQL indexes and asks; the two must be written alike for the index to serve."""


class Passage(Base):
    """A part of a current module version that a search can find: a section's own words, or a clause. Replaced at each publication."""

    __tablename__ = "passages"
    __table_args__ = (Index("ix_passages_vector", text(PASSAGE_VECTOR), postgresql_using="gin").ddl_if(dialect="postgresql"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"), index=True)
    position: Mapped[int]
    anchor: Mapped[str] = mapped_column(String(200))
    title: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    title_words: Mapped[str] = mapped_column(Text)
    """The title as `rules.search.words_of` reads it, which both databases index."""
    words: Mapped[str] = mapped_column(Text)

    module: Mapped[Module] = relationship()


SQLITE_PASSAGE_INDEX = (
    "CREATE VIRTUAL TABLE passages_fts USING fts5(title_words, words, content='passages', content_rowid='id')",
    """CREATE TRIGGER passages_fts_insert AFTER INSERT ON passages BEGIN
    INSERT INTO passages_fts(rowid, title_words, words) VALUES (new.id, new.title_words, new.words); END""",
    """CREATE TRIGGER passages_fts_delete AFTER DELETE ON passages BEGIN
    INSERT INTO passages_fts(passages_fts, rowid, title_words, words) VALUES ('delete', old.id, old.title_words, old.words); END""",
)
"""SQLite's full-text index over the passages, kept by triggers."""

for _statement in SQLITE_PASSAGE_INDEX:
    event.listen(Passage.__table__, "after_create", DDL(_statement).execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]
event.listen(Passage.__table__, "before_drop", DDL("DROP TABLE IF EXISTS passages_fts").execute_if(dialect="sqlite"))  # type: ignore[no-untyped-call]


class Acknowledgement(Base):
    """A person has read a version of a module and says so. A ledger: the gate asks it about the past."""

    __tablename__ = "acknowledgements"
    __table_args__ = (UniqueConstraint("person_id", "module_version_id"), Index("ix_acknowledgements_person_module", "person_id", "module_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    module_id: Mapped[int] = mapped_column(ForeignKey("modules.id"))
    module_version_id: Mapped[int] = mapped_column(ForeignKey("module_versions.id"))
    major: Mapped[int]
    minor: Mapped[int]
    patch: Mapped[int]
    acknowledged_at: Mapped[datetime]
    recorded_at: Mapped[datetime]

    @property
    def version(self) -> Version:
        """The version acknowledged, copied from the module version."""
        return Version(self.major, self.minor, self.patch)


class SectionRead(Base):
    """A person has had a section of a module version before their eyes."""

    __tablename__ = "section_reads"
    __table_args__ = (UniqueConstraint("person_id", "module_version_id", "anchor"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    module_version_id: Mapped[int] = mapped_column(ForeignKey("module_versions.id"))
    anchor: Mapped[str] = mapped_column(String(200))
    read_at: Mapped[datetime]


class Course(Base):
    """A course: what stays the same over its versions."""

    __tablename__ = "courses"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("course_versions.id", use_alter=True))

    current_version: Mapped["CourseVersion | None"] = relationship(foreign_keys=[current_version_id], post_update=True)


class CourseVersion(Base):
    """One version of a course; `document` is a CourseDocument as JSON."""

    __tablename__ = "course_versions"
    __table_args__ = (UniqueConstraint("course_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]

    course: Mapped[Course] = relationship(foreign_keys=[course_id])


class CheckPass(Base):
    """A person passed a check: a small practice set inside a module."""

    __tablename__ = "check_passes"
    __table_args__ = (Index("ix_check_passes_person", "person_id", "check_slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    check_slug: Mapped[str] = mapped_column(String(60))
    passed_at: Mapped[datetime]


class PracticeTally(Base):
    """How many practice cases of an area a person has answered: one row, counted up."""

    __tablename__ = "practice_tallies"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(3), primary_key=True)
    count: Mapped[int]


NOTE_SECTION_READ = text(
    """INSERT INTO section_reads (person_id, module_version_id, anchor, read_at)
    VALUES (:person_id, :module_version_id, :anchor, :read_at) ON CONFLICT DO NOTHING"""
).bindparams(bindparam("read_at", type_=UtcDateTime()))
"""A page's script and its button may say the same at once."""

COUNT_ONE_ANSWER = text(
    """INSERT INTO practice_tallies (person_id, area, count) VALUES (:person_id, :area, 1)
    ON CONFLICT (person_id, area) DO UPDATE SET count = practice_tallies.count + 1"""
)
"""One statement, so that two answers at once count as two."""

for _ledger in (Acknowledgement, CheckPass, ModuleVersion, ClauseVersion, CourseVersion):
    append_only(_ledger)
