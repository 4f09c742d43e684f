"""The bank as trainers find it: lists without keys, one item with its history, and what judges estimated."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from training.db import db
from training.errors import NotFound
from training.exams.models import (
    Answer,
    Attempt,
    Exam,
    ExamVersion,
    FormItem,
    Item,
    ItemAcquaintance,
    ItemFlagEvent,
    ItemStatistic,
    ItemVersion,
)
from training.exams.queries.statistics import ITEM_FIGURES
from training.exams.queries.uses import all_uses, forms_drawn
from training.exams.rules.analysis.figures import ItemFigures
from training.exams.rules.analysis.flags import FlagDeed
from training.exams.rules.blueprint import ItemState
from training.exams.rules.pool import is_overused
from training.exams.rules.timing import AttemptState

ITEMS_A_PAGE = 50
MOST_ITEMS = 10_000
"""How many items one file holds."""
MOST_SAMPLES = 500


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items somebody looks for; what is empty does not narrow."""

    area: str = ""
    kind: str = ""
    state: str = ""
    flag: str = ""
    severity: str = ""
    difficulty: str = ""
    tag: str = ""
    q: str = ""
    """Part of its id."""


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One line of the bank: nothing that tells the key."""

    slug: str
    kind: str
    state: str
    area: str
    severity: str
    difficulty: str
    language: str
    tags: tuple[str, ...]
    version: int
    form_count: int
    figures: ItemFigures | None


def listed_items(wanted: ItemFilter, *, after: str = "", size: int = ITEMS_A_PAGE + 1) -> list[ListedItem]:
    """The items that fit, by name, those after a name; one more than a page holds says that there are more."""
    every = all_uses()
    uses = select(every.c.item_id, func.sum(every.c.form_count).label("form_count")).group_by(every.c.item_id).subquery()
    question = (
        select(
            Item.slug,
            Item.kind,
            Item.state,
            ItemVersion.area,
            ItemVersion.severity,
            ItemVersion.difficulty,
            ItemVersion.language,
            Item.tags,
            ItemVersion.number,
            uses.c.form_count,
            ItemStatistic.figures,
        )
        .join(ItemVersion, ItemVersion.id == Item.current_version_id)
        .outerjoin(ItemStatistic, ItemStatistic.item_version_id == ItemVersion.id)
        .outerjoin(uses, uses.c.item_id == Item.id)
        .where(Item.slug > after)
        .order_by(Item.slug)
        .limit(size)
    )
    return [_listed(tuple(row)) for row in db.session.execute(question.where(*_narrowing(wanted)))]


def _narrowing(wanted: ItemFilter) -> Iterator[ColumnElement[bool]]:
    equal = ((Item.kind, wanted.kind), (Item.state, wanted.state), (ItemVersion.area, wanted.area))
    also_equal = ((ItemVersion.severity, wanted.severity), (ItemVersion.difficulty, wanted.difficulty))
    yield from (column == value for column, value in (*equal, *also_equal) if value)
    yield from (column.contains(f" {value} ", autoescape=True) for column, value in ((ItemStatistic.flags, wanted.flag), (Item.tags, wanted.tag)) if value)
    yield from (Item.slug.contains(word, autoescape=True) for word in wanted.q.lower().split())


def _listed(row: Sequence[Any]) -> ListedItem:
    slug, kind, state, area, severity, difficulty, language, tags, number, form_count, figures = row
    measured = ITEM_FIGURES.validate_python(figures) if figures else None
    return ListedItem(slug, kind, state, area, severity, difficulty, language, tuple(tags.split()), number, int(form_count or 0), measured)


def held_count() -> int:
    """How many items are held."""
    return db.session.scalar(select(func.count()).select_from(Item).where(Item.state == ItemState.HELD.value)) or 0


def areas_of_bank() -> list[str]:
    """The areas that items are about, in order."""
    return list(db.session.scalars(select(ItemVersion.area).join(Item, Item.current_version_id == ItemVersion.id).distinct().order_by(ItemVersion.area)))


def tags_of_bank() -> list[str]:
    """The tags that items have, in order."""
    return sorted({tag for tags in db.session.scalars(select(Item.tags).where(Item.tags != "").distinct()) for tag in tags.split()})


def item_for_desk(slug: str) -> tuple[Item, ItemVersion]:
    """An item with its current version. Raises NotFound."""
    row = db.session.execute(select(Item, ItemVersion).join(ItemVersion, ItemVersion.id == Item.current_version_id).where(Item.slug == slug)).first()
    if row is None:
        raise NotFound(slug)
    return row[0], row[1]


def item_to_rule_on(slug: str) -> Item:
    """An item, held until the transaction ends. Raises NotFound."""
    item = db.session.scalar(select(Item).where(Item.slug == slug, Item.current_version_id.is_not(None)).with_for_update())
    if item is None:
        raise NotFound(slug)
    return item


@dataclass(frozen=True, slots=True)
class VersionEntry:
    """One version of an item with its figures, if anybody answered it."""

    version: ItemVersion
    figures: ItemFigures | None


def versions_of_item(item_id: int) -> list[VersionEntry]:
    """Every version of an item, the newest first."""
    question = (
        select(ItemVersion, ItemStatistic.figures)
        .outerjoin(ItemStatistic, ItemStatistic.item_version_id == ItemVersion.id)
        .where(ItemVersion.item_id == item_id)
        .order_by(ItemVersion.number.desc())
    )
    return [VersionEntry(version, ITEM_FIGURES.validate_python(figures) if figures else None) for version, figures in db.session.execute(question)]


@dataclass(frozen=True, slots=True)
class Exposure:
    """On how many forms of an exam an item was, out of how many that were drawn."""

    exam_title: str
    exam_slug: str
    form_count: int
    forms_drawn: int

    @property
    def share(self) -> float:
        """The share of the forms."""
        return self.form_count / self.forms_drawn if self.forms_drawn else 0.0

    @property
    def is_overused(self) -> bool:
        """Whether that is more than the cap allows."""
        return is_overused(self.form_count, self.forms_drawn)


def exposure_of(item_id: int) -> list[Exposure]:
    """How much an item was used, by exam."""
    uses = all_uses()
    counted = select(uses.c.exam_id, func.sum(uses.c.form_count).label("form_count")).where(uses.c.item_id == item_id).group_by(uses.c.exam_id).subquery()
    question = (
        select(ExamVersion.title, Exam.slug, Exam.id, counted.c.form_count)
        .join_from(counted, Exam, Exam.id == counted.c.exam_id)
        .join(ExamVersion, ExamVersion.id == Exam.current_version_id)
        .order_by(ExamVersion.title, Exam.id)
    )
    return [Exposure(title, slug, int(count), forms_drawn(exam_id)) for title, slug, exam_id, count in db.session.execute(question)]


def flag_events_of(item_id: int) -> Sequence[ItemFlagEvent]:
    """What was raised and ruled about an item, the newest first."""
    return db.session.scalars(select(ItemFlagEvent).where(ItemFlagEvent.item_id == item_id).order_by(ItemFlagEvent.id.desc())).all()


def open_holds(item_id: int) -> Sequence[ItemFlagEvent]:
    """What holds an item since it was last released."""
    released = select(func.max(ItemFlagEvent.id)).where(ItemFlagEvent.item_id == item_id, ItemFlagEvent.deed == FlagDeed.RELEASED.value).scalar_subquery()
    asked = select(ItemFlagEvent).where(ItemFlagEvent.item_id == item_id, ItemFlagEvent.id > func.coalesce(released, 0))
    return db.session.scalars(asked.order_by(ItemFlagEvent.id)).all()


def knows_item(person_id: int, item_id: int) -> bool:
    """Whether somebody knows this item already, in whatever way."""
    question = select(ItemAcquaintance.id).where(ItemAcquaintance.person_id == person_id, ItemAcquaintance.item_id == item_id).limit(1)
    return db.session.scalar(question) is not None


def sample_answers(item_version_id: int) -> list[tuple[dict[str, Any], list[str]]]:
    """Some answers to an item version and those it continues, with the order of options on their screens, to say in words what a code stands for."""
    versions = {item_version_id, *continued_by({item_version_id}).get(item_version_id, ())}
    question = (
        select(Answer.response, FormItem.option_order)
        .join(FormItem, (FormItem.attempt_id == Answer.attempt_id) & (FormItem.position == Answer.position))
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(FormItem.item_version_id.in_(versions), Attempt.state != AttemptState.OPEN.value)
        .order_by(Answer.attempt_id.desc())
        .limit(MOST_SAMPLES)
    )
    return [(response, order) for response, order in db.session.execute(question)]


def continued_by(version_ids: set[int]) -> dict[int, list[int]]:
    """For each of these item versions those before it that it continues, the nearest first."""
    rows = db.session.execute(select(ItemVersion.id, ItemVersion.continues_id).where(ItemVersion.continues_id.is_not(None)))
    continued: dict[int, int] = {after: before for after, before in rows if before is not None}
    chains: dict[int, list[int]] = {}
    for version in version_ids & continued.keys():
        chain = chains[version] = [continued[version]]
        while chain[-1] in continued:
            chain.append(continued[chain[-1]])
    return chains


def exam_versions_of(exam_id: int) -> Sequence[ExamVersion]:
    """Every published version of an exam, the newest first."""
    return db.session.scalars(select(ExamVersion).where(ExamVersion.exam_id == exam_id).order_by(ExamVersion.number.desc())).all()


def slugs_of_versions(version_ids: Sequence[int]) -> dict[int, str]:
    """The items behind these versions, by name."""
    question = select(ItemVersion.id, Item.slug).join(Item, Item.id == ItemVersion.item_id).where(ItemVersion.id.in_(version_ids))
    return {row.id: row.slug for row in db.session.execute(question)}
