"""What a form may be drawn from: the bank as it stands, and what one person knows and has met of it."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select, union

from training.cases.models import CaseVersion
from training.db import Prepared, Remembered, db, instant_of, json_row, json_rows, json_value, told, utc_text
from training.exams.documents import ExamDocument
from training.exams.models import Attempt, Exam, FormItem, Item, ItemAcquaintance, ItemVersion, PreparedForm
from training.exams.queries.bank import PublishedExam
from training.exams.queries.uses import FORMS_DRAWN, Counts, Forms, counts_of, forms_told
from training.exams.rules.blueprint import ItemState
from training.exams.rules.pool import FAMILY_REST_DAYS, PoolItem, Usage
from training.judgements.models import Judgement
from training.judgements.rules import Source


@dataclass(frozen=True, slots=True)
class BankItem:
    """An item as a pool sees it, and what decides whether it may be in the pool."""

    item_id: int
    pool_item: PoolItem
    is_public: bool
    critical_share: float
    is_right_or_wrong: bool
    state: ItemState


@dataclass(frozen=True, slots=True)
class Terms:
    """Which items an exam may hold."""

    with_public: bool
    """Whether those that anybody may have read."""
    gating: bool = False
    """Whether only those that are right or wrong as a whole, because it decides about access."""
    areas: frozenset[str] = frozenset()
    """Of which areas; of all where there are none."""

    def admit(self, item: BankItem) -> bool:
        """Whether it may hold this one."""
        is_of_area = not self.areas or item.pool_item.traits.area in self.areas
        return is_of_area and (self.with_public or not item.is_public) and (item.is_right_or_wrong or not self.gating)


def terms_of(document: ExamDocument, *, with_public: bool) -> Terms:
    """Which items this exam may hold."""
    return Terms(with_public, document.gating, document.areas)


@dataclass(frozen=True, slots=True)
class Bank:
    """The items that are drawn: the same object in a process until anything about them changes."""

    number: int
    """Of no other bank in this process."""
    items: tuple[BankItem, ...]

    def chosen(self, terms: Terms, *, known: Collection[int] = (), state: ItemState = ItemState.LIVE) -> list[BankItem]:
        """The items in a state that an exam may hold, without those that are known."""
        return [item for item in self.items if item.state is state and terms.admit(item) and item.item_id not in known]


@dataclass(frozen=True, slots=True)
class AwaitedForm:
    """A form that was prepared for one person."""

    seed: int
    pool_hash: str
    draw_version: int
    cap_note: str | None
    record: dict[str, Any]
    prepared_at: datetime


@dataclass(frozen=True, slots=True)
class Drawable:
    """What one person's form of an exam may be drawn from."""

    bank: Bank
    known: frozenset[int]
    """Items that they wrote, reviewed, labelled or opened, and those that show a case which they judged outside an exam."""
    seen: frozenset[str]
    """Items that they met on earlier forms, by slug."""
    recent_families: frozenset[str]
    """The families of what they met within twelve months."""
    forms: Forms
    prepared: AwaitedForm | None

    @property
    def is_everybodys(self) -> bool:
        """Whether it is the same for everybody who knows and has met nothing."""
        return not self.known and not self.seen

    def usage(self, counts: Counts) -> Usage:
        """How much each item was used, and what this person met."""
        return Usage(counts.forms_drawn, counts.by_slug, self.seen, self.recent_families)


_PERSON_ID: ColumnElement[int] = bindparam("person_id", type_=Attempt.person_id.type)
_BANK = told(
    select(json_rows(json_row(Item.id, Item.current_version_id, Item.is_public, Item.state))).where(
        (Item.state == ItemState.LIVE.value) | (Item.state == ItemState.PILOT.value), Item.current_version_id.is_not(None)
    )
)
_judged = (
    select(ItemVersion.item_id)
    .join_from(Judgement, CaseVersion, CaseVersion.case_id == Judgement.case_id)
    .join(ItemVersion, ItemVersion.case_version_id == CaseVersion.id)
    .join(Item, Item.current_version_id == ItemVersion.id)
    .where(Judgement.person_id == _PERSON_ID, Judgement.source != Source.EXAM.value)
)
_known = union(select(ItemAcquaintance.item_id).where(ItemAcquaintance.person_id == _PERSON_ID), _judged).subquery("known")
_KNOWN = told(select(json_rows(_known.c.item_id)))
_met = (
    select(Item.slug.label("slug"), ItemVersion.family.label("family"), func.max(Attempt.started_at).label("last_at"))
    .join_from(Attempt, FormItem, FormItem.attempt_id == Attempt.id)
    .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
    .join(Item, Item.id == ItemVersion.item_id)
    .where(Attempt.person_id == _PERSON_ID)
    .group_by(Item.slug, ItemVersion.family)
    .subquery("met")
)
_MET = told(select(json_rows(json_row(_met.c.slug, _met.c.family, utc_text(_met.c.last_at)))))
_FORM = (PreparedForm.seed, PreparedForm.pool_hash, PreparedForm.draw_version, PreparedForm.cap_note)
_PREPARED = told(
    select(json_rows(json_row(*_FORM, json_value(PreparedForm.record), utc_text(PreparedForm.prepared_at)))).where(
        PreparedForm.exam_version_id == bindparam("exam_version_id", type_=PreparedForm.exam_version_id.type), PreparedForm.person_id == _PERSON_ID
    )
)
_DRAWABLE = Prepared(select(_BANK, _KNOWN, _MET, _PREPARED, *FORMS_DRAWN).where(Exam.id == bindparam("exam_id")))
_BANK_AND_KNOWN = Prepared(select(_BANK, _KNOWN))
NOBODY = 0
"""The id of no person."""

_numbers = count()
_BANKS: Remembered[str, Bank] = Remembered(8)
_Shape = tuple[PoolItem, float, bool]
_SHAPES: Remembered[int, _Shape] = Remembered(20_000)


def drawable_for(person_id: int, exam: PublishedExam, *, now: datetime) -> Drawable:
    """What this person's form of this exam may be drawn from now: one statement."""
    ((bank, known, met, prepared, *forms),) = _DRAWABLE.here(person_id=person_id, exam_id=exam.id, exam_version_id=exam.version_id)
    since, met_items = now - timedelta(days=FAMILY_REST_DAYS), json.loads(met)
    return Drawable(
        bank=_bank_told(bank),
        known=frozenset(json.loads(known)),
        seen=frozenset(slug for slug, _family, _last_at in met_items),
        recent_families=frozenset(family for _slug, family, last_at in met_items if instant_of(last_at) >= since),
        forms=forms_told(*forms),
        prepared=next((_awaited(*values) for values in json.loads(prepared)), None),
    )


def _awaited(seed: int, pool_hash: str, draw_version: int, cap_note: str | None, *more: Any) -> AwaitedForm:
    record, prepared_at = more
    return AwaitedForm(seed, pool_hash, draw_version, cap_note, record, instant_of(prepared_at))


def bank_items(terms: Terms, *, person_id: int | None = None, state: ItemState = ItemState.LIVE) -> list[BankItem]:
    """The items in a state that an exam on these terms may draw; for one person without those they know."""
    ((bank, known),) = _BANK_AND_KNOWN.here(person_id=person_id or NOBODY)
    return _bank_told(bank).chosen(terms, known=set(json.loads(known)), state=state)


def usage_of(person_id: int, exam: PublishedExam, *, now: datetime) -> Usage:
    """How often each item was on a form of this exam, which this person met on any earlier form, and of which families within twelve months."""
    return drawable_for(person_id, exam, now=now).usage(counts_of(exam.id))


def _bank_told(bank: str) -> Bank:
    """The bank that this text says: read once for each text, for it changes when somebody works on it."""
    known = _BANKS.get(bank)
    if known is not None:
        return known
    rows = [(item_id, version_id, bool(is_public), ItemState(state)) for item_id, version_id, is_public, state in json.loads(bank)]
    shapes = _shapes([version_id for _item_id, version_id, *_rest in rows])
    items = (BankItem(item_id, shapes[version_id][0], is_public, *shapes[version_id][1:], state) for item_id, version_id, is_public, state in rows)
    return _BANKS.put(bank, Bank(next(_numbers), tuple(items)))


def _shapes(version_ids: Sequence[int]) -> dict[int, _Shape]:
    """These versions as pools see them, each with its critical share, and whether it is right or wrong. A version is never edited."""
    found = {version_id: shape for version_id in version_ids if (shape := _SHAPES.get(version_id)) is not None}
    missing = set(version_ids) - found.keys()
    if missing:
        question = select(ItemVersion, Item.slug).join(Item, Item.id == ItemVersion.item_id).where(ItemVersion.id.in_(missing))
        for version, slug in db.session.execute(question):
            pool_item = PoolItem(version.id, slug, version.family, version.traits)
            found[version.id] = _SHAPES.put(version.id, (pool_item, version.critical_share, version.is_right_or_wrong))
    return found
