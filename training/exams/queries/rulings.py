"""Rulings in force, the item versions they are about, and whom they would touch."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import itemgetter

from sqlalchemy import func, select

from training.accounts.models import Person
from training.cases.models import CaseReference
from training.db import Prepared, db, json_row, json_rows, json_value, one_of_ids, told
from training.errors import NotFound
from training.exams.models import Attempt, FormItem, Item, ItemRuling, ItemVersion, Regrade
from training.exams.rules.rulings import Ruling, RulingKind

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class RuledItem:
    """One ruling with the item it is about, who made it, and how far its regrade is."""

    ruling: ItemRuling
    slug: str
    version: ItemVersion
    by_name: str
    regrade: Regrade


@dataclass(frozen=True, slots=True)
class OtherWording:
    """A version that asks the same as another, in other words."""

    version: ItemVersion
    sitting_count: int
    """Graded forms that it is on."""
    is_ruled: bool


def ruling_value(row: ItemRuling) -> Ruling:
    """A stored ruling as a value."""
    return Ruling(RulingKind(row.kind), row.key or None, row.reference_id)


_RULING = (ItemRuling.ordinal, ItemRuling.item_version_id, ItemRuling.kind, json_value(ItemRuling.key), ItemRuling.reference_id)
_RULINGS = Prepared(select(told(select(json_rows(json_row(*_RULING))).where(one_of_ids(ItemRuling.item_version_id, "version_ids")))))


def rulings_in_force(version_ids: Collection[int]) -> dict[int, Ruling]:
    """The last ruling about each of these item versions, where there is any."""
    ((written,),) = _RULINGS.here(version_ids=sorted(version_ids))
    in_order = sorted(json.loads(written), key=itemgetter(0))
    return {version_id: Ruling(RulingKind(kind), key or None, reference_id) for _ordinal, version_id, kind, key, reference_id in in_order}


def latest_ruling(version_id: int) -> ItemRuling | None:
    """The ruling in force about this item version, whose row is held until the transaction ends: nobody else rules on it meanwhile."""
    db.session.execute(select(ItemVersion.id).where(ItemVersion.id == version_id).with_for_update(key_share=True))
    return db.session.scalar(select(ItemRuling).where(ItemRuling.item_version_id == version_id).order_by(ItemRuling.ordinal.desc()).limit(1))


def ruled_items(*, before_id: int | None = None) -> Sequence[RuledItem]:
    """Rulings, the latest first, a page of them."""
    return _ruled(before_id=before_id, limit=PAGE_SIZE)


def ruled_item(ruling_id: int) -> RuledItem:
    """One ruling. Raises NotFound."""
    found = _ruled(ruling_id=ruling_id, limit=1)
    if not found:
        raise NotFound(ruling_id)
    return found[0]


def rulings_about(version_id: int) -> Sequence[RuledItem]:
    """The rulings about one item version, the latest first."""
    return _ruled(version_id=version_id, limit=PAGE_SIZE)


def rulings_of_item(item_id: int) -> Sequence[RuledItem]:
    """The rulings about any version of an item, the latest first."""
    return _ruled(limit=PAGE_SIZE, item_id=item_id)


def _ruled(
    *, limit: int, before_id: int | None = None, ruling_id: int | None = None, version_id: int | None = None, item_id: int | None = None
) -> list[RuledItem]:
    question = (
        select(ItemRuling, Item.slug, ItemVersion, Person.name, Regrade)
        .join(ItemVersion, ItemVersion.id == ItemRuling.item_version_id)
        .join(Item, Item.id == ItemVersion.item_id)
        .join(Person, Person.id == ItemRuling.by_id)
        .join(Regrade, Regrade.ruling_id == ItemRuling.id)
    )
    if before_id is not None:
        question = question.where(ItemRuling.id < before_id)
    if ruling_id is not None:
        question = question.where(ItemRuling.id == ruling_id)
    if version_id is not None:
        question = question.where(ItemRuling.item_version_id == version_id)
    if item_id is not None:
        question = question.where(ItemVersion.item_id == item_id)
    return [RuledItem(*row) for row in db.session.execute(question.order_by(ItemRuling.id.desc()).limit(limit))]


def unfinished_count() -> int:
    """How many rulings are still being carried out."""
    return db.session.scalar(select(func.count()).select_from(Regrade).where(Regrade.finished_at.is_(None))) or 0


def version_to_rule(version_id: int) -> tuple[Item, ItemVersion]:
    """An item version and its item. Raises NotFound."""
    row = db.session.execute(select(Item, ItemVersion).join(ItemVersion, ItemVersion.item_id == Item.id).where(ItemVersion.id == version_id)).one_or_none()
    if row is None:
        raise NotFound(version_id)
    return row[0], row[1]


def versions_of(slug: str) -> Sequence[ItemVersion]:
    """The versions of an item, the latest first."""
    question = select(ItemVersion).join(Item, Item.id == ItemVersion.item_id).where(Item.slug == slug)
    return db.session.scalars(question.order_by(ItemVersion.number.desc())).all()


def references_of(version: ItemVersion) -> Sequence[CaseReference]:
    """The versions of the reference of a case item's case, for the case as the item shows it, the latest first."""
    question = select(CaseReference).where(CaseReference.case_version_id == version.case_version_id)
    return db.session.scalars(question.order_by(CaseReference.number.desc())).all()


def sitting_count(version_id: int) -> int:
    """On how many graded forms an item version is."""
    question = select(func.count()).select_from(FormItem).join(Attempt, Attempt.id == FormItem.attempt_id)
    return db.session.scalar(question.where(FormItem.item_version_id == version_id, Attempt.current_score_run_id.is_not(None))) or 0


def other_wordings(version: ItemVersion) -> list[OtherWording]:
    """The versions that this one corrects or that correct it, the latest first. A ruling stays with the version it was made about: each wants its own."""
    versions = db.session.scalars(select(ItemVersion).where(ItemVersion.item_id == version.item_id).order_by(ItemVersion.number)).all()
    first: dict[int, int] = {}
    for each in versions:
        first[each.id] = first[each.continues_id] if each.continues_id is not None else each.id
    others = [each for each in reversed(versions) if each.id != version.id and first[each.id] == first[version.id]]
    ruled = rulings_in_force([each.id for each in others])
    return [OtherWording(each, sitting_count(each.id), each.id in ruled) for each in others]


def has_met(person_id: int, version_id: int) -> bool:
    """Whether an item version is on a form of this person, finished or not: whoever has met it may not rule on it."""
    question = select(FormItem.attempt_id).join(Attempt, Attempt.id == FormItem.attempt_id)
    return db.session.scalar(question.where(FormItem.item_version_id == version_id, Attempt.person_id == person_id).limit(1)) is not None
