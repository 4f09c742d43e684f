"""What judges said of items and of whole exams, and the forms that their cuts are put on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, or_, select

from training.cases.rules import SEVERITY_WEIGHTS, Severity
from training.db import db
from training.exams.models import Attempt, CutEstimate, CutWorkshop, ItemEstimate, ItemVersion, ScoreRun
from training.exams.queries.item_desk import continued_by
from training.exams.rules.analysis.compromise import CutJudgement
from training.exams.rules.grading import unpack_marks
from training.exams.rules.runs import unpack_items

MOST_FORMS = 200
"""On how many of the latest forms a cut is put."""


def cut_judgements_of(exam_version_id: int) -> dict[int, CutJudgement]:
    """What each judge said last of this version of an exam, by judge."""
    newest = select(func.max(CutEstimate.id)).where(CutEstimate.exam_version_id == exam_version_id).group_by(CutEstimate.judge_id)
    rows = db.session.scalars(select(CutEstimate).where(CutEstimate.id.in_(newest)).order_by(CutEstimate.judge_id))
    return {row.judge_id: _value(row) for row in rows}


def _value(row: CutEstimate) -> CutJudgement:
    return CutJudgement(
        cut=row.cut_percent / 100,
        passing=row.passing_percent / 100,
        lowest_cut=row.lowest_cut_percent / 100,
        highest_cut=row.highest_cut_percent / 100,
        lowest_failing=row.lowest_failing_percent / 100,
        highest_failing=row.highest_failing_percent / 100,
    )


def estimates_of(version_ids: Collection[int]) -> dict[int, dict[int, float]]:
    """For each judge their last estimate of each of these item versions, as far as its round is revealed; what a corrected version continues was judged
    with it.
    """
    wanted = set(version_ids)
    before = continued_by(wanted)
    found: dict[int, dict[int, float]] = {}
    for judge, judged in _revealed_estimates({*wanted, *(earlier for chain in before.values() for earlier in chain)}).items():
        last = {version: next((judged[each] for each in (version, *before.get(version, ())) if each in judged), None) for version in wanted}
        kept = {version: chance for version, chance in last.items() if chance is not None}
        if kept:
            found[judge] = kept
    return found


def _is_revealed() -> ColumnElement[bool]:
    """Whether everybody may see an estimate: that of round one once it is revealed, that of round two once the workshop is closed."""
    first = and_(ItemEstimate.round_number == 1, CutWorkshop.revealed_at.is_not(None))
    second = and_(ItemEstimate.round_number == 2, CutWorkshop.closed_at.is_not(None))
    return or_(ItemEstimate.workshop_id.is_(None), first, second)


def _revealed_estimates(version_ids: set[int]) -> dict[int, dict[int, float]]:
    asked = (
        select(ItemEstimate.judge_id, ItemEstimate.item_version_id, ItemEstimate.chance)
        .outerjoin(CutWorkshop, CutWorkshop.id == ItemEstimate.workshop_id)
        .where(ItemEstimate.item_version_id.in_(version_ids), _is_revealed())
        .order_by(ItemEstimate.id)
    )
    found: dict[int, dict[int, float]] = {}
    for judge_id, version_id, chance in db.session.execute(asked):
        found.setdefault(judge_id, {})[version_id] = chance
    return found


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """The item versions that counted on one attempt's form."""

    attempt_public_id: str
    items: tuple[int, ...]


def forms_of_version(exam_version_id: int) -> list[DrawnForm]:
    """The latest forms that were sat of a version of an exam."""
    question = (
        select(Attempt.public_id, ScoreRun.items, ScoreRun.marks)
        .join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
        .where(Attempt.exam_version_id == exam_version_id)
        .order_by(Attempt.id.desc())
        .limit(MOST_FORMS)
    )
    found = []
    for public_id, items, marks in db.session.execute(question):
        counted = tuple(item for item, (_, counts) in zip(unpack_items(items), unpack_marks(marks), strict=True) if counts)
        found.append(DrawnForm(public_id, counted))
    return found


def worth_of_versions(version_ids: Collection[int]) -> dict[int, int]:
    """How many points each of these item versions is worth on a form."""
    rows = db.session.execute(select(ItemVersion.id, ItemVersion.severity).where(ItemVersion.id.in_(set(version_ids))))
    return {version_id: SEVERITY_WEIGHTS[Severity(severity)] for version_id, severity in rows}


def forms_with(forms: Sequence[DrawnForm], version_ids: Collection[int]) -> list[DrawnForm]:
    """Those of these forms that hold nothing but these item versions."""
    judged = set(version_ids)
    return [form for form in forms if judged.issuperset(form.items)]
