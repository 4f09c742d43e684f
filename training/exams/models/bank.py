"""Items and exams, each with its immutable versions, who knows an item, and how often it was used."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from training.cases.rules import Difficulty
from training.db import Base, append_only
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.rules.blueprint import DecisionClass, ItemKind, ItemState, Traits


def one_of(column: str, words: type[StrEnum]) -> str:
    """The check that a column holds one of these words."""
    return f"{column} IN ({', '.join(repr(word.value) for word in words)})"


class Item(Base):
    """An exam question: what stays the same over its versions, and whether it is drawn."""

    __tablename__ = "items"
    __table_args__ = (
        CheckConstraint(one_of("kind", ItemKind), name="kind_is_known"),
        CheckConstraint(one_of("state", ItemState), name="state_is_known"),
        CheckConstraint(one_of("document_state", ItemState), name="document_state_is_known"),
        CheckConstraint("state IN (document_state, 'held')", name="only_held_otherwise_than_documented"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), index=True)
    document_state: Mapped[str] = mapped_column(String(10))
    """What its document says: where an item was held since, a release returns it to this."""
    is_public: Mapped[bool]
    """Shipped with the source: a gating exam refuses it unless the deployment allows public items."""
    tags: Mapped[str] = mapped_column(String(400), default="", server_default="")
    """What trainers find it by: words with a space before and after each, so that one can be looked for."""
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("item_versions.id", use_alter=True))

    current_version: Mapped["ItemVersion | None"] = relationship(foreign_keys=[current_version_id], post_update=True)


class ItemVersion(Base):
    """One version of an item, with its key. Immutable, because forms and scores point at it."""

    __tablename__ = "item_versions"
    __table_args__ = (
        UniqueConstraint("item_id", "number"),
        CheckConstraint(one_of("decision_class", DecisionClass), name="decision_class_is_known"),
        CheckConstraint("(kind = 'case') = (case_version_id IS NOT NULL AND reference_id IS NOT NULL)", name="case_items_pin_their_case"),
        Index("uq_item_versions_continues", "continues_id", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    document: Mapped[dict[str, Any]]
    """What is asked, with key and rationale; empty for a case. Never sent to a browser as it is."""
    stem_html: Mapped[str] = mapped_column(Text, default="")
    """The stem, rendered once and sanitised."""
    content_hash: Mapped[str] = mapped_column(String(64))
    area: Mapped[str] = mapped_column(String(10))
    severity: Mapped[str] = mapped_column(String(2))
    decision_class: Mapped[str] = mapped_column(String(10))
    difficulty: Mapped[str] = mapped_column(String(10))
    language: Mapped[str] = mapped_column(String(10))
    family: Mapped[str] = mapped_column(String(60), index=True)
    clauses: Mapped[list[Any]]
    critical_share: Mapped[float]
    """Which share of the ways to answer it wrongly are critical misses; 1 for a case where any may be."""
    is_right_or_wrong: Mapped[bool] = mapped_column(default=True)
    """Whether it is marked right or wrong as a whole: what a form that decides about access may hold."""
    case_version_id: Mapped[int | None] = mapped_column(ForeignKey("case_versions.id"))
    reference_id: Mapped[int | None] = mapped_column(ForeignKey("case_references.id"))
    recorded_at: Mapped[datetime]
    editorial: Mapped[str | None] = mapped_column(String(200))
    """What was corrected, where its document says that right answers stayed the same."""
    continues_id: Mapped[int | None] = mapped_column(ForeignKey("item_versions.id"))
    """The version that it says the same as, in better words: what is known of that one counts for both."""

    item: Mapped[Item] = relationship(foreign_keys=[item_id])

    @property
    def traits(self) -> Traits:
        """What quotas can ask about it."""
        return Traits(self.area, self.severity, DecisionClass(self.decision_class), Difficulty(self.difficulty), self.language, ItemKind(self.kind))


class ItemAcquaintance(Base):
    """Somebody who knows an item from before: they never draw it."""

    __tablename__ = "item_acquaintances"
    __table_args__ = (UniqueConstraint("person_id", "item_id", "how"), CheckConstraint(one_of("how", Acquaintance), name="how_is_known"))

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    how: Mapped[str] = mapped_column(String(10))
    recorded_at: Mapped[datetime]


class TextAcquaintance(Base):
    """Somebody who knows the text of an item, or of a case, by its id: of whatever comes into the bank of it, they are acquainted with the item."""

    __tablename__ = "text_acquaintances"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "slug", "how"),
        CheckConstraint(one_of("how", Acquaintance), name="how_is_known"),
        CheckConstraint(one_of("kind", KnownText), name="kind_is_known"),
        Index("ix_text_acquaintances_kind_slug", "kind", "slug"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(60))
    how: Mapped[str] = mapped_column(String(10))
    recorded_at: Mapped[datetime]


class Exam(Base):
    """An exam: what stays the same over its versions."""

    __tablename__ = "exams"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    certification_slug: Mapped[str] = mapped_column(String(60), index=True)
    is_delta: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it asks holders of the certificate about a change: its attempts are counted by themselves."""
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("exam_versions.id", use_alter=True))
    form_count: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many forms were drawn, prepared ones included, as far as they are counted into `item_uses`."""

    current_version: Mapped["ExamVersion | None"] = relationship(foreign_keys=[current_version_id], post_update=True)


class ExamVersion(Base):
    """A published exam: its frozen blueprint and rules, and the chances of passing as they were reckoned then."""

    __tablename__ = "exam_versions"
    __table_args__ = (UniqueConstraint("exam_id", "number"), UniqueConstraint("exam_id", "semver"))

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"))
    number: Mapped[int]
    semver: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]]
    power: Mapped[list[Any]]
    """For each true accuracy the chance of passing, in one try and in all, on the bank of the day it was published."""
    content_hash: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]

    exam: Mapped[Exam] = relationship(foreign_keys=[exam_id])


class FormUse(Base):
    """The items that were put on a form, until they are counted into `item_uses`: a row of its own, so that nobody who starts waits for a count."""

    __tablename__ = "form_uses"

    id: Mapped[int] = mapped_column(primary_key=True)
    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), index=True)
    item_ids: Mapped[list[Any]]
    is_new_form: Mapped[bool]
    """Not where a sequential attempt was given its next block."""
    is_taken_back: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Of a form that was prepared and is never sat: it is counted off again."""


class ItemUse(Base):
    """On how many forms of an exam an item was, as far as they are counted: what the exposure cap looks at. See `FormUse`."""

    __tablename__ = "item_uses"

    exam_id: Mapped[int] = mapped_column(ForeignKey("exams.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), primary_key=True)
    form_count: Mapped[int]


append_only(ItemVersion)
append_only(ItemAcquaintance)
append_only(TextAcquaintance)
append_only(ExamVersion)
