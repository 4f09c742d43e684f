"""What stands side by side: the measured versions of an exam, and the items of a family with theirs."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from training.db import db
from training.exams.models import ExamStatistic, ExamVersion, Item, ItemStatistic, ItemVersion
from training.exams.queries.statistics import EXAM_FIGURES, ITEM_FIGURES
from training.exams.rules.analysis.figures import ExamFigures, ItemFigures


@dataclass(frozen=True, slots=True)
class MeasuredVersion:
    """A version of an exam that was sat, with its figures."""

    id: int
    semver: str
    figures: ExamFigures


def measured_versions(exam_id: int) -> list[MeasuredVersion]:
    """The versions of an exam of which figures are kept, the newest first."""
    question = select(ExamVersion.id, ExamVersion.semver, ExamStatistic.figures).join(ExamStatistic, ExamStatistic.exam_version_id == ExamVersion.id)
    rows = db.session.execute(question.where(ExamVersion.exam_id == exam_id).order_by(ExamVersion.number.desc()))
    return [MeasuredVersion(version_id, semver, EXAM_FIGURES.validate_python(figures)) for version_id, semver, figures in rows]


@dataclass(frozen=True, slots=True)
class FamilyVersion:
    """One version of an item of a family, with its figures if anybody answered it."""

    id: int
    slug: str
    language: str
    number: int
    is_current: bool
    figures: ItemFigures | None


def family_versions(family: str) -> list[FamilyVersion]:
    """Every version of every item whose current version is of this family, by item, the newest first; those left out that are counted with the next one."""
    current, later = aliased(ItemVersion), aliased(ItemVersion)
    question = (
        select(ItemVersion.id, Item.slug, ItemVersion.language, ItemVersion.number, Item.current_version_id, ItemStatistic.figures)
        .join(Item, Item.id == ItemVersion.item_id)
        .join(current, current.id == Item.current_version_id)
        .outerjoin(ItemStatistic, ItemStatistic.item_version_id == ItemVersion.id)
        .where(current.family == family, ~select(later.id).where(later.continues_id == ItemVersion.id).exists())
        .order_by(Item.slug, ItemVersion.number.desc())
    )
    return [
        FamilyVersion(version_id, slug, language, number, version_id == current_id, ITEM_FIGURES.validate_python(figures) if figures else None)
        for version_id, slug, language, number, current_id, figures in db.session.execute(question)
    ]
