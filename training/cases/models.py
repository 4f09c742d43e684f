"""The tables of this room."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from training.cases.rules import Difficulty, HoldDeed, Pool, Severity, Surface
from training.db import Base, JsonValue, append_only


def _one_of(column: str, words: type[Surface] | type[Pool] | type[Difficulty] | type[Severity]) -> str:
    return f"{column} IN ({', '.join(repr(word.value) for word in words)})"


class TaxonomyArea(Base):
    """A field of policy."""

    __tablename__ = "taxonomy_areas"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    position: Mapped[int]
    retired_at: Mapped[datetime | None]
    """When the taxonomy stopped listing it. Codes are never given another meaning."""


class TaxonomyLabel(Base):
    """One kind of violation, with what usually follows from it."""

    __tablename__ = "taxonomy_labels"

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("taxonomy_areas.code"), index=True)
    title: Mapped[str] = mapped_column(String(500))
    synonyms: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """`{language: [words]}` by which people look for it too."""
    surfaces: Mapped[list[Any]]
    severity: Mapped[str] = mapped_column(String(2))
    default_decision: Mapped[list[Any]]
    escalate_to: Mapped[str | None] = mapped_column(String(10))
    dsa_category: Mapped[str] = mapped_column(String(100))
    dsa_keyword: Mapped[str] = mapped_column(String(100))
    ground: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]
    retired_at: Mapped[datetime | None]


class Case(Base):
    """A historical case: what does not change with its wording, and where its current version and reference are."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint(_one_of("surface", Surface), name="surface_known"),
        CheckConstraint(_one_of("pool", Pool), name="pool_known"),
        CheckConstraint(_one_of("difficulty", Difficulty), name="difficulty_known"),
        Index("ix_cases_pool_area", "pool", "area"),
        Index("ix_cases_concept_difficulty", "concept", "difficulty", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    surface: Mapped[str] = mapped_column(String(10))
    pool: Mapped[str] = mapped_column(String(10))
    area: Mapped[str] = mapped_column(String(10))
    """The area of the primary label; of the deciding clause where nothing is wrong."""
    concept: Mapped[str] = mapped_column(String(20))
    """The deciding clause: what practising this case practises."""
    family: Mapped[str] = mapped_column(String(60), index=True)
    language: Mapped[str] = mapped_column(String(10))
    market: Mapped[str] = mapped_column(String(2))
    difficulty: Mapped[str] = mapped_column(String(10))
    contrast_slug: Mapped[str | None] = mapped_column(String(60))
    is_innocent: Mapped[bool]
    severity: Mapped[str | None] = mapped_column(String(2))
    is_held: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it is drawn for nobody, because its reference is in doubt: see `CaseHold`."""
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("case_versions.id", use_alter=True))
    current_reference_id: Mapped[int | None] = mapped_column(ForeignKey("case_references.id", use_alter=True))


class CaseVersion(Base):
    """What a case shows: immutable."""

    __tablename__ = "case_versions"
    __table_args__ = (UniqueConstraint("case_id", "number"), Index("uq_case_versions_continues", "continues_id", unique=True))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    number: Mapped[int]
    surface: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10))
    market: Mapped[str] = mapped_column(String(2))
    content: Mapped[dict[str, Any]]
    """The fields of the surface, without pictures."""
    images: Mapped[list[Any]]
    """`{media_id, alt, width, height}`, in their order."""
    recording: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """`{media_id, alt, seconds, width, height}`, without sides for a sound."""
    content_hash: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime]
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("case_versions.id"))
    """The version that it shows the same as, in better words."""


class CaseReference(Base):
    """The expert label of one version of a case: immutable. Amending it makes another."""

    __tablename__ = "case_references"
    __table_args__ = (UniqueConstraint("case_id", "number"), Index("uq_case_references_continues", "continues_id", unique=True))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    case_version_id: Mapped[int] = mapped_column(ForeignKey("case_versions.id"), index=True)
    number: Mapped[int]
    decisions: Mapped[list[Any]]
    """Accepted sets of actions, the preferred one first."""
    labels: Mapped[list[Any]]
    """Codes, the primary one first."""
    severity: Mapped[str | None] = mapped_column(String(2))
    escalate_to: Mapped[str | None] = mapped_column(String(10))
    must_escalate: Mapped[bool]
    evidence: Mapped[list[Any]]
    """`{field, start, end}` in characters of the version's texts or seconds of its recording, `{field, x, y, width, height}` in pixels of a picture."""
    clauses: Mapped[list[Any]]
    rationale: Mapped[str] = mapped_column(Text)
    partial_credits: Mapped[list[Any]]
    """`{actions, credit}` for decisions that are not accepted and yet worth something."""
    besides: Mapped[dict[str, Any] | None] = mapped_column(JsonValue)
    """`{intent, macro, reply, risk}` as far as the ticket asks for them beside the decision."""
    is_critical: Mapped[bool]
    content_hash: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime]
    editorial: Mapped[str | None] = mapped_column(String(200))
    """What was corrected, where the case's document says that the right decision stayed the same."""
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("case_references.id"))
    """The reference that it says the same as, in better words or of better words."""


class CaseHold(Base):
    """That a case was held because a rule that it cites is another, and that it was let go again. The last entry of a case counts."""

    __tablename__ = "case_holds"
    __table_args__ = (CheckConstraint(f"deed IN ({', '.join(repr(deed.value) for deed in HoldDeed)})", name="deed_is_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    deed: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(400))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Nobody, where it was given another reference."""
    at: Mapped[datetime]


class CaseImport(Base):
    """One file that was brought in: what was read, by which mapping, and what came of it."""

    __tablename__ = "case_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(200))
    file_hash: Mapped[str] = mapped_column(String(64))
    mapping: Mapped[str] = mapped_column(Text)
    """The mapping file as it was."""
    new_count: Mapped[int]
    changed_count: Mapped[int]
    same_count: Mapped[int]
    published_count: Mapped[int]
    """Rows that differ from what was brought in before, and were left as they are because a case runs of them."""
    recorded_at: Mapped[datetime]


class ImportedCase(Base):
    """A draft of a case, as far as its source knows it. It is neither practised nor examined: a `Case` of its slug is, once there is one."""

    __tablename__ = "imported_cases"
    __table_args__ = (
        UniqueConstraint("source", "key"),
        CheckConstraint(_one_of("surface", Surface), name="surface_known"),
        CheckConstraint("duplicate_of_id IS NULL OR duplicate_of_case_id IS NULL", name="like_one_other"),
        CheckConstraint("(likeness_percent IS NULL) = (duplicate_of_id IS NULL AND duplicate_of_case_id IS NULL)", name="as_like_as_it_is"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(200))
    """The source's own id."""
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("case_imports.id"))
    """The import that last changed it."""
    line: Mapped[int]
    surface: Mapped[str] = mapped_column(String(10))
    facts: Mapped[dict[str, Any]]
    """The surface, and of language, market, difficulty and family what is known."""
    content: Mapped[dict[str, Any]]
    """What is known of the fields of the surface, without personal data."""
    reference: Mapped[dict[str, Any]]
    """What is known of what the experts said, as a case document says it."""
    label_facts: Mapped[dict[str, Any]]
    """`{code: whether it applies}`; of every other label it is not known."""
    unknown: Mapped[dict[str, Any]]
    """`{field: why}` of what is missing before this is a whole case; nothing where it is whole."""
    is_complete: Mapped[bool]
    digest: Mapped[str] = mapped_column(String(64))
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("imported_cases.id"))
    duplicate_of_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    likeness_percent: Mapped[int | None]
    """How alike it is to the other in percent; 100 where both say the same word for word."""


class Redaction(Base):
    """One personal value that was taken out of an imported case. The value itself is nowhere."""

    __tablename__ = "redactions"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("case_imports.id"))
    imported_case_id: Mapped[int] = mapped_column(ForeignKey("imported_cases.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    field: Mapped[str] = mapped_column(String(600))
    offset: Mapped[int]
    """Where it stood in the source's text, in characters."""
    length: Mapped[int]
    value_hash: Mapped[str] = mapped_column(String(64))
    """Under the audit's salt of the month, which can be destroyed."""


append_only(CaseVersion)
append_only(CaseReference)
append_only(CaseHold)
append_only(CaseImport)
append_only(Redaction)
