"""What the author of an exam asks of the bank: what is held, what was used, what is tested, and how long it takes."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, select

from training.cases.models import CaseVersion
from training.cases.rules import Surface, time_target_seconds
from training.db import db
from training.exams.models import Exam, Item, ItemStatistic, ItemVersion
from training.exams.queries.drawable import BankItem, Terms
from training.exams.queries.statistics import ITEM_FIGURES
from training.exams.queries.uses import counts_of
from training.exams.rules.blueprint import DRAWN_STATES, ItemKind, ItemState
from training.exams.rules.expected_time import ASSUMED_SECONDS
from training.exams.rules.pool import PoolItem, Usage

NOTHING_USED = Usage(0, {}, frozenset())


def held_items(terms: Terms) -> list[PoolItem]:
    """The items that an exam on these terms could draw if they were not held until a person rules."""
    return _admitted(terms, Item.state == ItemState.HELD.value, Item.document_state.in_([state.value for state in DRAWN_STATES]))


def items_not_live(terms: Terms) -> list[PoolItem]:
    """The items that an exam on these terms could draw for places that count if they were no drafts of the bank, and not on trial."""
    return _admitted(terms, Item.state.in_([ItemState.DRAFT.value, ItemState.PILOT.value]))


def _admitted(terms: Terms, *conditions: ColumnElement[bool]) -> list[PoolItem]:
    question = select(ItemVersion, Item).join(Item, Item.current_version_id == ItemVersion.id).where(*conditions).order_by(Item.id)
    return [found.pool_item for version, item in db.session.execute(question) if terms.admit(found := _bank_item(version, item))]


def _bank_item(version: ItemVersion, item: Item) -> BankItem:
    pool_item = PoolItem(version.id, item.slug, version.family, version.traits)
    return BankItem(item.id, pool_item, item.is_public, version.critical_share, version.is_right_or_wrong, ItemState(item.state))


def usage_of_exam(slug: str) -> Usage:
    """On how many forms of this exam each item was; of one that was never published nothing."""
    exam_id = db.session.scalar(select(Exam.id).where(Exam.slug == slug))
    if exam_id is None:
        return NOTHING_USED
    counts = counts_of(exam_id)
    return Usage(counts.forms_drawn, counts.by_slug, frozenset())


def clauses_tested(version_ids: Collection[int]) -> frozenset[str]:
    """The clauses that these item versions test."""
    return frozenset(clause for clauses in db.session.scalars(select(ItemVersion.clauses).where(ItemVersion.id.in_(version_ids))) for clause in clauses)


def known_seconds(version_ids: Collection[int]) -> dict[int, float]:
    """For each of these item versions how long an answer took in the middle, where enough is known."""
    question = select(ItemStatistic.item_version_id, ItemStatistic.figures).where(ItemStatistic.item_version_id.in_(version_ids))
    medians = {version: ITEM_FIGURES.validate_python(figures).median_seconds for version, figures in db.session.execute(question)}
    return {version: median for version, median in medians.items() if median is not None}


def assumed_seconds(version_ids: Collection[int]) -> dict[int, float]:
    """For each of these item versions how long an answer is taken to last: a case by its surface's time target, everything else by its kind."""
    question = (
        select(ItemVersion.id, ItemVersion.kind, CaseVersion.surface, CaseVersion.content)
        .outerjoin(CaseVersion, CaseVersion.id == ItemVersion.case_version_id)
        .where(ItemVersion.id.in_(version_ids))
    )
    return {
        version: float(time_target_seconds(Surface(surface), content) if surface else ASSUMED_SECONDS[ItemKind(kind)])
        for version, kind, surface, content in db.session.execute(question)
    }
