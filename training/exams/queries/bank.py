"""Items and exams by their names and versions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select, tuple_

from training.cases.models import Case, CaseVersion
from training.db import Prepared, Remembered, db
from training.errors import NotFound
from training.exams.documents import POWER, ExamDocument
from training.exams.models import Exam, ExamVersion, Item, ItemAcquaintance, ItemVersion, TextAcquaintance
from training.exams.rules.acquaintance import Acquaintance, KnownText
from training.exams.rules.power import Chance


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
_BY_SLUG = Prepared(select(Exam.current_version_id).where(Exam.slug == bindparam("slug"), Exam.current_version_id.is_not(None)))


def exams() -> list[PublishedExam]:
    """Every exam as published last, by title."""
    current = select(ExamVersion.id).join(Exam, Exam.current_version_id == ExamVersion.id).order_by(ExamVersion.title, ExamVersion.id)
    return [exam_of_version(version_id) for version_id in db.session.scalars(current)]


def exam_by_slug(slug: str) -> PublishedExam:
    """The exam of this name as published last. Raises NotFound."""
    for (version_id,) in _BY_SLUG.here(slug=slug):
        return exam_of_version(version_id)
    raise NotFound(slug)


def exam_of_version(exam_version_id: int) -> PublishedExam:
    """The exam as it was in one version. Raises NotFound."""
    return _PUBLISHED.get(exam_version_id) or _PUBLISHED.put(exam_version_id, _read(exam_version_id))


def _read(exam_version_id: int) -> PublishedExam:
    version = db.session.get(ExamVersion, exam_version_id)
    if version is None:
        raise NotFound(exam_version_id)
    document = ExamDocument.model_validate(version.document)
    return PublishedExam(version.exam_id, version.id, version.number, document, POWER.validate_python(version.power))


def is_acquainted(person_id: int, item_id: int, how: Acquaintance) -> bool:
    """Whether it is already known that this person knows this item in this way."""
    question = select(ItemAcquaintance.id).where(
        ItemAcquaintance.person_id == person_id, ItemAcquaintance.item_id == item_id, ItemAcquaintance.how == how.value
    )
    return db.session.scalar(question) is not None


def has_exam_version(exam_id: int, semver: str) -> bool:
    """Whether a version of this exam was published under this number."""
    return db.session.scalar(select(ExamVersion.id).where(ExamVersion.exam_id == exam_id, ExamVersion.semver == semver)) is not None


def knows_text(person_id: int, kind: KnownText, slug: str, how: Acquaintance) -> bool:
    """Whether it is already known that this person knows this text in this way."""
    asked = select(TextAcquaintance.id).where(TextAcquaintance.person_id == person_id, TextAcquaintance.how == how.value)
    return db.session.scalar(asked.where(TextAcquaintance.kind == kind.value, TextAcquaintance.slug == slug)) is not None


def ways_of_knowing(person_id: int, kind: KnownText, slug: str) -> frozenset[Acquaintance]:
    """In which ways this person knows an item, or an item that labels the case of this id: its text or the item itself."""
    texts = select(TextAcquaintance.how).where(TextAcquaintance.person_id == person_id, TextAcquaintance.kind == kind.value, TextAcquaintance.slug == slug)
    items = [item.id for item in items_of_text(kind, slug)]
    known = select(ItemAcquaintance.how).where(ItemAcquaintance.person_id == person_id, ItemAcquaintance.item_id.in_(items))
    return frozenset(Acquaintance(how) for how in (*db.session.scalars(texts), *db.session.scalars(known)))


def items_of_text(kind: KnownText, slug: str) -> Sequence[Item]:
    """The items that are made of this text."""
    if kind is KnownText.CASE:
        return items_of_case(slug)
    found = item_by_slug(slug)
    return [found] if found is not None else []


def items_of_texts(kind: KnownText, slugs: Collection[str]) -> list[Item]:
    """The items that are made of any of these texts, by id."""
    if kind is KnownText.CASE:
        return [item for slug in slugs for item in items_of_case(slug)]
    return list(db.session.scalars(select(Item).where(Item.slug.in_(slugs)).order_by(Item.id)))


def texts_known(person_id: int, kind: KnownText, slugs: Collection[str], how: Acquaintance) -> frozenset[str]:
    """Those of these texts that this person is noted to know in this way."""
    asked = select(TextAcquaintance.slug).where(TextAcquaintance.person_id == person_id, TextAcquaintance.kind == kind.value)
    return frozenset(db.session.scalars(asked.where(TextAcquaintance.how == how.value, TextAcquaintance.slug.in_(slugs))))


def acquaintances_with_texts(item_slug: str, case_slug: str | None) -> Sequence[TextAcquaintance]:
    """Who knows the text of this item, or of the case that it labels, by id."""
    ways = [(KnownText.ITEM.value, item_slug), *([(KnownText.CASE.value, case_slug)] if case_slug else [])]
    asked = select(TextAcquaintance).where(tuple_(TextAcquaintance.kind, TextAcquaintance.slug).in_(ways))
    return db.session.scalars(asked.order_by(TextAcquaintance.id)).all()
