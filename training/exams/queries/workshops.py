"""Angoff workshops: where they stand, who judges what, and what was said."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from training.cases.rules import SEVERITY_WEIGHTS, Severity
from training.db import db
from training.errors import NotFound
from training.exams.models import CutWorkshop, CutWorkshopJudge, CutWorkshopQuestion, ExamVersion, Item, ItemEstimate, ItemStatistic, ItemVersion
from training.exams.queries.statistics import ITEM_FIGURES
from training.exams.rules.analysis.figures import ItemFigures
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.workshops import WorkshopState, last_shown_round

WORKSHOPS_SHOWN = 30


@dataclass(frozen=True, slots=True)
class WorkshopQuestion:
    """A question of a workshop: nothing that tells the key."""

    position: int
    version_id: int
    item_id: int
    slug: str
    kind: ItemKind
    points: int
    """What it is worth on a form."""
    is_right_or_wrong: bool
    figures: ItemFigures | None
    """How candidates answered it, if any did."""


def workshop(workshop_id: int) -> CutWorkshop:
    """A workshop as the database has it now. Raises NotFound."""
    found = db.session.get(CutWorkshop, workshop_id, populate_existing=True)
    if found is None:
        raise NotFound(workshop_id)
    return found


def hold_workshop(workshop_id: int) -> CutWorkshop:
    """The same, with nobody else saying anything in it or changing where it stands until the transaction ends. Raises NotFound."""
    db.session.execute(select(CutWorkshop.id).where(CutWorkshop.id == workshop_id).with_for_update())
    return workshop(workshop_id)


def workshops_called(exam_version_id: int, caller_id: int, *, since: datetime) -> Sequence[CutWorkshop]:
    """The workshops on this version of an exam that somebody called since then, the latest first."""
    own = CutWorkshop.exam_version_id == exam_version_id, CutWorkshop.called_by_id == caller_id, CutWorkshop.called_at >= since
    return db.session.scalars(select(CutWorkshop).where(*own).order_by(CutWorkshop.id.desc())).all()


def questions_of(workshop_id: int) -> list[WorkshopQuestion]:
    """The questions of a workshop, in their order."""
    asked = (
        select(CutWorkshopQuestion.position, ItemVersion, Item.slug, ItemStatistic.figures)
        .join(ItemVersion, ItemVersion.id == CutWorkshopQuestion.item_version_id)
        .join(Item, Item.id == ItemVersion.item_id)
        .outerjoin(ItemStatistic, ItemStatistic.item_version_id == ItemVersion.id)
        .where(CutWorkshopQuestion.workshop_id == workshop_id)
        .order_by(CutWorkshopQuestion.position)
    )
    return [_question(*row) for row in db.session.execute(asked)]


def _question(position: int, version: ItemVersion, slug: str, figures: dict[str, object] | None) -> WorkshopQuestion:
    return WorkshopQuestion(
        position=position,
        version_id=version.id,
        item_id=version.item_id,
        slug=slug,
        kind=ItemKind(version.kind),
        points=SEVERITY_WEIGHTS[Severity(version.severity)],
        is_right_or_wrong=version.is_right_or_wrong,
        figures=ITEM_FIGURES.validate_python(figures) if figures else None,
    )


def items_of_workshop(workshop_id: int) -> Sequence[Item]:
    """The items that its questions are versions of, by id."""
    asked = select(ItemVersion.item_id).join(CutWorkshopQuestion, CutWorkshopQuestion.item_version_id == ItemVersion.id)
    return db.session.scalars(select(Item).where(Item.id.in_(asked.where(CutWorkshopQuestion.workshop_id == workshop_id))).order_by(Item.id)).all()


def judges_of(workshop_id: int) -> Sequence[CutWorkshopJudge]:
    """Everybody who is called to judge."""
    return db.session.scalars(select(CutWorkshopJudge).where(CutWorkshopJudge.workshop_id == workshop_id).order_by(CutWorkshopJudge.person_id)).all()


def judge_in(workshop_id: int, person_id: int) -> CutWorkshopJudge | None:
    """That somebody is called to judge, if they are."""
    return db.session.get(CutWorkshopJudge, (workshop_id, person_id), populate_existing=True)


def estimates_in(workshop_id: int, *, up_to_round: int) -> dict[int, dict[int, float]]:
    """What each judge said last of each question, by judge and item version, up to this round."""
    asked = select(ItemEstimate.judge_id, ItemEstimate.item_version_id, ItemEstimate.chance).where(
        ItemEstimate.workshop_id == workshop_id, ItemEstimate.round_number <= up_to_round
    )
    found: dict[int, dict[int, float]] = {}
    for judge_id, version_id, chance in db.session.execute(asked.order_by(ItemEstimate.id)):
        found.setdefault(judge_id, {})[version_id] = chance
    return found


def shown_estimates(found: CutWorkshop) -> dict[int, dict[int, float]]:
    """What everybody may see of what was said; nothing before the first round is revealed."""
    return estimates_in(found.id, up_to_round=last_shown_round(found.state))


@dataclass(frozen=True, slots=True)
class ListedWorkshop:
    """One line of the list: how far a workshop is."""

    workshop: CutWorkshop
    exam_title: str
    question_count: int
    judge_count: int
    own_count: int | None
    """How many questions the reader has judged; nothing where they are not called."""

    @property
    def waits_for_reader(self) -> bool:
        """Whether the reader still has something to judge."""
        return self.own_count is not None and self.workshop.state is WorkshopState.JUDGING and self.own_count < self.question_count


def listed_workshops(reader_id: int, *, exam_id: int | None = None, before_id: int | None = None) -> list[ListedWorkshop]:
    """Workshops, the latest first, as many as one page holds: of every exam or one, those before this one."""
    asked = select(CutWorkshop, ExamVersion.title).join(ExamVersion, ExamVersion.id == CutWorkshop.exam_version_id)
    if exam_id is not None:
        asked = asked.where(ExamVersion.exam_id == exam_id)
    if before_id is not None:
        asked = asked.where(CutWorkshop.id < before_id)
    rows = db.session.execute(asked.order_by(CutWorkshop.id.desc()).limit(WORKSHOPS_SHOWN)).all()
    return _listed([(row[0], row[1]) for row in rows], reader_id)


def _listed(rows: Sequence[tuple[CutWorkshop, str]], reader_id: int) -> list[ListedWorkshop]:
    ids = [found.id for found, _ in rows]
    questions, judges, own = _counts(CutWorkshopQuestion, ids), _counts(CutWorkshopJudge, ids), _judged_by(reader_id, ids)
    return [ListedWorkshop(found, title, questions.get(found.id, 0), judges.get(found.id, 0), own.get(found.id)) for found, title in rows]


def _counts(model: type[CutWorkshopQuestion] | type[CutWorkshopJudge], ids: Collection[int]) -> dict[int, int]:
    rows = db.session.execute(select(model.workshop_id, func.count()).where(model.workshop_id.in_(ids)).group_by(model.workshop_id))
    return {row[0]: row[1] for row in rows}


def _judged_by(person_id: int, ids: Collection[int]) -> dict[int, int]:
    """How many questions somebody has judged of those of these workshops to which they are called."""
    said = (ItemEstimate.workshop_id == CutWorkshopJudge.workshop_id) & (ItemEstimate.judge_id == CutWorkshopJudge.person_id)
    asked = (
        select(CutWorkshopJudge.workshop_id, func.count(ItemEstimate.item_version_id.distinct()))
        .outerjoin(ItemEstimate, said)
        .where(CutWorkshopJudge.person_id == person_id, CutWorkshopJudge.workshop_id.in_(ids))
        .group_by(CutWorkshopJudge.workshop_id)
    )
    return {row[0]: row[1] for row in db.session.execute(asked)}


def waiting_workshops(person_id: int) -> int:
    """How many workshops still wait for this person's first word about some question."""
    own = select(CutWorkshopJudge.workshop_id).where(CutWorkshopJudge.person_id == person_id)
    asked = select(CutWorkshop, ExamVersion.title).join(ExamVersion, ExamVersion.id == CutWorkshop.exam_version_id)
    still = asked.where(CutWorkshop.id.in_(own), CutWorkshop.revealed_at.is_(None), CutWorkshop.closed_at.is_(None)).order_by(CutWorkshop.id)
    return sum(each.waits_for_reader for each in _listed([(row[0], row[1]) for row in db.session.execute(still)], person_id))


def personal_workshops(person_id: int) -> list[dict[str, object]]:
    """The workshops to which a person was called, as they take them away; never a question."""
    asked = (
        select(CutWorkshopJudge, CutWorkshop, ExamVersion.title)
        .join(CutWorkshop, CutWorkshop.id == CutWorkshopJudge.workshop_id)
        .join(ExamVersion, ExamVersion.id == CutWorkshop.exam_version_id)
        .where(CutWorkshopJudge.person_id == person_id)
        .order_by(CutWorkshop.id)
    )
    rows = db.session.execute(asked).all()
    judged = _judged_by(person_id, [found.id for _, found, _ in rows])
    return [
        {"exam": title, "called_at": judge.called_at, "began_at": judge.began_at, "questions_judged": judged.get(found.id, 0)} for judge, found, title in rows
    ]
