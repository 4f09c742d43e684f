"""The bank: items as pools see them, exams, and how much each item was used."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select

from training.cases.models import Case, CaseVersion
from training.db import Remembered, db
from training.errors import NotFound
from training.exams.documents import POWER, ExamDocument
from training.exams.models import Attempt, Exam, ExamVersion, FormItem, Item, ItemAcquaintance, ItemUse, ItemVersion, PreparedForm
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import ItemState
from training.exams.rules.pilots import pilots_for
from training.exams.rules.pool import FAMILY_REST_DAYS, PoolItem, Usage
from training.exams.rules.power import Chance
from training.judgements.models import Judgement
from training.judgements.rules import Source


@dataclass(frozen=True, slots=True)
class PublishedExam:
    """An exam with one published version of it."""

    id: int
    version_id: int
    number: int
    document: ExamDocument
    power: tuple[Chance, ...]

    @property
    def slug(self) -> str:
        """Its stable name."""
        return self.document.id


@dataclass(frozen=True, slots=True)
class BankItem:
    """A live item as a pool sees it, and what decides whether it may be in the pool."""

    item_id: int
    pool_item: PoolItem
    is_public: bool
    critical_share: float


def item_by_slug(slug: str) -> Item | None:
    """The item of this name."""
    return db.session.scalar(select(Item).where(Item.slug == slug))


def items_of_case(slug: str) -> Sequence[Item]:
    """The items that label this case, by id."""
    question = (
        select(Item)
        .join(ItemVersion, Item.current_version_id == ItemVersion.id)
        .join(CaseVersion, CaseVersion.id == ItemVersion.case_version_id)
        .join(Case, Case.id == CaseVersion.case_id)
    )
    return db.session.scalars(question.where(Case.slug == slug).order_by(Item.id)).all()


def latest_item_version(item_id: int) -> ItemVersion | None:
    """The version recorded last."""
    return db.session.scalar(select(ItemVersion).where(ItemVersion.item_id == item_id).order_by(ItemVersion.number.desc()).limit(1))


def stored_exam(slug: str) -> Exam | None:
    """The row of this name, published or not."""
    return db.session.scalar(select(Exam).where(Exam.slug == slug))


def latest_exam_version(exam_id: int) -> ExamVersion | None:
    """The version published last."""
    return db.session.scalar(select(ExamVersion).where(ExamVersion.exam_id == exam_id).order_by(ExamVersion.number.desc()).limit(1))


_PUBLISHED: Remembered[int, PublishedExam] = Remembered(500)


def _published(version: ExamVersion) -> PublishedExam:
    return _PUBLISHED.get(version.id) or _PUBLISHED.put(version.id, _read(version))


def _read(version: ExamVersion) -> PublishedExam:
    document = ExamDocument.model_validate(version.document)
    return PublishedExam(version.exam_id, version.id, version.number, document, POWER.validate_python(version.power))


def exams() -> list[PublishedExam]:
    """Every exam as published last, by title."""
    current = select(ExamVersion).join(Exam, Exam.current_version_id == ExamVersion.id).order_by(ExamVersion.title, ExamVersion.id)
    return [_published(version) for version in db.session.scalars(current)]


def exam_by_slug(slug: str) -> PublishedExam:
    """The exam of this name as published last. Raises NotFound."""
    version = db.session.scalar(select(ExamVersion).join(Exam, Exam.current_version_id == ExamVersion.id).where(Exam.slug == slug))
    if version is None:
        raise NotFound(slug)
    return _published(version)


def exam_of_version(exam_version_id: int) -> PublishedExam:
    """The exam as it was in one version. Raises NotFound."""
    known = _PUBLISHED.get(exam_version_id)
    if known is not None:
        return known
    version = db.session.get(ExamVersion, exam_version_id)
    if version is None:
        raise NotFound(exam_version_id)
    return _published(version)


def _items_in(state: ItemState) -> Select[Item, ItemVersion]:
    return select(Item, ItemVersion).join(ItemVersion, Item.current_version_id == ItemVersion.id).where(Item.state == state.value)


def bank_items(*, with_public: bool, gating: bool = False, person_id: int | None = None, state: ItemState = ItemState.LIVE) -> list[BankItem]:
    """The items in a state; for an exam that gates those that are right or wrong as a whole; for one person without those they know.

    They know what they wrote, reviewed, labelled or opened, and what shows a case that they judged outside an exam.
    """
    question = _items_in(state)
    if gating:
        question = question.where(ItemVersion.is_right_or_wrong)
    if not with_public:
        question = question.where(Item.is_public.is_(False))
    if person_id is not None:
        known = select(ItemAcquaintance.item_id).where(ItemAcquaintance.person_id == person_id)
        judged = (
            select(CaseVersion.id)
            .join(Judgement, Judgement.case_id == CaseVersion.case_id)
            .where(Judgement.person_id == person_id, Judgement.source != Source.EXAM.value)
        )
        question = question.where(Item.id.not_in(known), ItemVersion.case_version_id.is_(None) | ItemVersion.case_version_id.not_in(judged))
    rows = db.session.execute(question.with_only_columns(Item.id, Item.is_public, ItemVersion.id)).all()
    shapes = _shapes([version_id for _item_id, _is_public, version_id in rows])
    return [BankItem(item_id, shapes[version_id][0], is_public, shapes[version_id][1]) for item_id, is_public, version_id in rows]


_SHAPES: Remembered[int, tuple[PoolItem, float]] = Remembered(20_000)


def _shapes(version_ids: Sequence[int]) -> dict[int, tuple[PoolItem, float]]:
    """These versions as pools see them, each with its critical share. A version is never edited, so each process reads it once."""
    found = {version_id: shape for version_id in version_ids if (shape := _SHAPES.get(version_id)) is not None}
    if len(found) < len(version_ids):
        question = select(ItemVersion, Item.slug).join(Item, Item.id == ItemVersion.item_id).where(ItemVersion.id.in_(set(version_ids) - found.keys()))
        for version, slug in db.session.execute(question):
            found[version.id] = _SHAPES.put(version.id, (PoolItem(version.id, slug, version.family, version.traits), version.critical_share))
    return found


def usage_of(exam_id: int, person_id: int, *, now: datetime) -> Usage:
    """How often each item was on a form of this exam, which this person met on any earlier form, and of which families within twelve months."""
    forms_drawn = select(func.count()).select_from(Attempt).join(ExamVersion, ExamVersion.id == Attempt.exam_version_id).where(ExamVersion.exam_id == exam_id)
    uses = select(Item.slug, ItemUse.form_count).join(Item, Item.id == ItemUse.item_id).where(ItemUse.exam_id == exam_id)
    met = (
        select(Item.slug, ItemVersion.family, func.max(Attempt.started_at).label("last_at"))
        .join(ItemVersion, ItemVersion.item_id == Item.id)
        .join(FormItem, FormItem.item_version_id == ItemVersion.id)
        .join(Attempt, Attempt.id == FormItem.attempt_id)
        .where(Attempt.person_id == person_id)
        .group_by(Item.slug, ItemVersion.family)
    )
    counts = {row.slug: row.form_count for row in db.session.execute(uses)}
    known = db.session.execute(met).all()
    since = now - timedelta(days=FAMILY_REST_DAYS)
    recent = frozenset(row.family for row in known if row.last_at >= since)
    drawn_count = (db.session.scalar(forms_drawn) or 0) + _waiting_form_count(exam_id)
    return Usage(drawn_count, counts, frozenset(row.slug for row in known), recent)


def _waiting_form_count(exam_id: int) -> int:
    """How many forms of an exam are prepared and not sat: their items count as used already."""
    sat = select(Attempt.id).where(Attempt.person_id == PreparedForm.person_id, Attempt.seed == PreparedForm.seed)
    question = select(func.count()).select_from(PreparedForm).join(ExamVersion, ExamVersion.id == PreparedForm.exam_version_id)
    return db.session.scalar(question.where(ExamVersion.exam_id == exam_id, ~sat.exists())) or 0


def pilots_of(person_id: int, exam: PublishedExam, usage: Usage, *, with_public: bool) -> tuple[PoolItem, ...]:
    """The items on trial that this person may be shown beside a form of this exam."""
    bank = bank_items(with_public=with_public, gating=exam.document.gating, person_id=person_id, state=ItemState.PILOT)
    return pilots_for(exam.document.blueprint, [item.pool_item for item in bank], usage)


def is_acquainted(person_id: int, item_id: int, how: Acquaintance) -> bool:
    """Whether it is already known that this person knows this item in this way."""
    question = select(ItemAcquaintance.id).where(
        ItemAcquaintance.person_id == person_id, ItemAcquaintance.item_id == item_id, ItemAcquaintance.how == how.value
    )
    return db.session.scalar(question) is not None


def has_exam_version(exam_id: int, semver: str) -> bool:
    """Whether a version of this exam was published under this number."""
    return db.session.scalar(select(ExamVersion.id).where(ExamVersion.exam_id == exam_id, ExamVersion.semver == semver)) is not None
