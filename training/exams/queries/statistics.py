"""What analysis reads, and its figures as they were last computed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Text, case, cast, func, null, or_, select
from sqlalchemy.orm import aliased

from training.accounts.models import CurrentFact
from training.accounts.rules import FactKind
from training.db import db
from training.exams.models import (
    AnalysisRun,
    AnswerSheet,
    Attempt,
    Exam,
    ExamStatistic,
    ExamVersion,
    FormItem,
    Item,
    ItemFlagEvent,
    ItemStatistic,
    ItemVersion,
    ScoreRun,
)
from training.exams.rules.analysis.figures import ExamFigures, ExamItem, ItemFigures
from training.exams.rules.analysis.flags import FlagDeed
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.timing import AttemptState

CHUNK = 2_000
ITEM_FIGURES = TypeAdapter(ItemFigures)
"""Reads and writes what is kept of an item version."""
EXAM_FIGURES = TypeAdapter(ExamFigures)
"""Reads and writes what is kept of a version of an exam."""


@dataclass(frozen=True, slots=True)
class FirstAttempt:
    """Somebody's first attempt at an exam, as analysis reads it."""

    exam_version_id: int
    person_id: int
    is_timed_out: bool
    is_passed: bool
    is_final: bool
    """Whether nothing that was written waits for a marker."""
    items: bytes
    marks: bytes
    credits: dict[str, float] | None
    """What partly right answers earned, by position."""
    codes: bytes
    seconds: bytes


def is_first() -> ColumnElement[bool]:
    """Whether an attempt is its person's first at its exam, or at this version of a delta, which asks about another change than the one before.

    Attempts are numbered over all exams of a certification, so that the first at a supporting exam or a delta is rarely number 1; of those that are, nothing
    more is asked.
    """
    own, before, sat, exam = aliased(ExamVersion), aliased(Attempt), aliased(ExamVersion), aliased(Exam)
    earlier = (
        select(before.id)
        .join(sat, sat.id == before.exam_version_id)
        .join(own, own.exam_id == sat.exam_id)
        .join(exam, exam.id == own.exam_id)
        .where(before.person_id == Attempt.person_id, before.certification_slug == Attempt.certification_slug, before.ordinal < Attempt.ordinal)
        .where(own.id == Attempt.exam_version_id, or_(exam.is_delta.is_(False), sat.id == own.id))
    )
    return or_(Attempt.ordinal == 1, ~earlier.correlate(Attempt).exists())


def first_attempts() -> Iterator[FirstAttempt]:
    """Everybody's first attempt at each exam, failed and timed-out ones included and sequential ones left out, in the order they ended."""
    question = (
        select(
            Attempt.exam_version_id,
            Attempt.person_id,
            Attempt.state,
            ScoreRun.is_passed,
            ScoreRun.is_final,
            ScoreRun.items,
            ScoreRun.marks,
            case((cast(ScoreRun.credits, Text) == "{}", null()), else_=ScoreRun.credits),
            AnswerSheet.codes,
            AnswerSheet.seconds,
        )
        .join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .where(is_first(), Attempt.mode == AttemptMode.FIXED.value, Attempt.state != AttemptState.OPEN.value)
        .order_by(Attempt.finished_at, Attempt.id)
    )
    for version, person, state, is_passed, is_final, items, marks, earned, codes, seconds in db.session.execute(
        question, execution_options={"yield_per": CHUNK}
    ):
        yield FirstAttempt(version, person, state == AttemptState.EXPIRED, is_passed, is_final, items, marks, earned, codes or b"", seconds or b"")


def first_scores(exam_slug: str) -> dict[int, float]:
    """The share of the points of everybody's first attempt at an exam, by person: failed and timed-out ones included, sequential ones and those that wait
    for a marker left out.
    """
    earned, total = (ScoreRun.result[name].as_float() for name in ("earned_weight", "total_weight"))
    question = (
        select(Attempt.person_id, earned, total)
        .join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .join(Exam, Exam.id == ExamVersion.exam_id)
        .where(Exam.slug == exam_slug, is_first(), Attempt.mode == AttemptMode.FIXED.value, Attempt.state != AttemptState.OPEN.value, ScoreRun.is_final)
        .order_by(Attempt.person_id)
    )
    return {person_id: float(points) / float(most) for person_id, points, most in db.session.execute(question) if most}


def newest_sat_version(exam_slug: str) -> int | None:
    """The newest version of an exam of which figures are kept."""
    question = select(func.max(ExamVersion.id)).join(Exam, Exam.id == ExamVersion.exam_id).join(ExamStatistic, ExamStatistic.exam_version_id == ExamVersion.id)
    return db.session.scalar(question.where(Exam.slug == exam_slug))


@dataclass(frozen=True, slots=True)
class AnalysedVersion:
    """What analysis has to know of an item version."""

    id: int
    item_id: int
    kind: str
    area: str
    severity: str
    critical_share: float
    document: Mapping[str, Any]
    reference_id: int | None


def analysed_versions(version_ids: Sequence[int]) -> list[AnalysedVersion]:
    """These item versions. Of many, all are read: a list of thousands of ids costs more than the table."""
    columns = (
        ItemVersion.id,
        ItemVersion.item_id,
        ItemVersion.kind,
        ItemVersion.area,
        ItemVersion.severity,
        ItemVersion.critical_share,
        ItemVersion.document,
        ItemVersion.reference_id,
    )
    wanted = set(version_ids)
    question = select(*columns).order_by(ItemVersion.id)
    rows = db.session.execute(question if len(wanted) > CHUNK else question.where(ItemVersion.id.in_(wanted)))
    return [AnalysedVersion(*row) for row in rows if row.id in wanted]


def continued_versions() -> dict[int, int]:
    """For each item version that another continues, the last one of the chain: what is known of one counts for all of them."""
    rows = db.session.execute(select(ItemVersion.continues_id, ItemVersion.id).where(ItemVersion.continues_id.is_not(None)))
    following: dict[int, int] = {before: after for before, after in rows if before is not None}
    return {version: _last(version, following) for version in following}


def _last(version: int, following: Mapping[int, int]) -> int:
    while version in following:
        version = following[version]
    return version


def ruled_up_to() -> dict[int, int]:
    """Per item version how many answers there were when a person last released it after a look at its key."""
    released = select(ItemFlagEvent.item_version_id, func.max(ItemFlagEvent.answer_count)).where(ItemFlagEvent.deed == FlagDeed.RELEASED.value)
    return {version: count for version, count in db.session.execute(released.group_by(ItemFlagEvent.item_version_id)) if version is not None}


def group_members() -> dict[tuple[str, str], frozenset[int]]:
    """Who works in which language and for which market now."""
    traits = {FactKind.LANGUAGES.value: "language", FactKind.MARKETS.value: "market"}
    rows = db.session.execute(select(CurrentFact.kind, CurrentFact.member, CurrentFact.person_id).where(CurrentFact.kind.in_(traits)))
    members: dict[tuple[str, str], set[int]] = {}
    for kind, value, person_id in rows:
        members.setdefault((traits[kind], value), set()).add(person_id)
    return {group: frozenset(people) for group, people in members.items()}


def analysis_run() -> AnalysisRun | None:
    """How far the figures are."""
    return db.session.get(AnalysisRun, 1)


def newest_run() -> tuple[int, datetime] | None:
    """The score run made last, and when."""
    row = db.session.execute(select(ScoreRun.id, ScoreRun.graded_at).order_by(ScoreRun.id.desc()).limit(1)).first()
    return (row.id, row.graded_at) if row else None


def item_statistic(item_version_id: int) -> ItemStatistic | None:
    """The figures of an item version as they were last computed."""
    return db.session.get(ItemStatistic, item_version_id)


def item_figures(item_version_id: int) -> ItemFigures | None:
    """The same, read; nothing where nobody answered it yet."""
    kept = item_statistic(item_version_id)
    return ITEM_FIGURES.validate_python(kept.figures) if kept else None


def answer_count(item_version_id: int | None) -> int:
    """How many first attempts answered an item version, as last computed."""
    return db.session.scalar(select(ItemStatistic.answer_count).where(ItemStatistic.item_version_id == item_version_id)) or 0


def items_of_current_versions(version_ids: Sequence[int]) -> Sequence[Item]:
    """The items whose current version is one of these, by id."""
    return db.session.scalars(select(Item).where(Item.current_version_id.in_(version_ids)).order_by(Item.id)).all()


def is_on_open_form(person_id: int, item_id: int) -> bool:
    """Whether somebody is sitting an exam with this item."""
    question = (
        select(Attempt.id)
        .join(FormItem, FormItem.attempt_id == Attempt.id)
        .join(ItemVersion, ItemVersion.id == FormItem.item_version_id)
        .where(Attempt.person_id == person_id, Attempt.state == AttemptState.OPEN.value, ItemVersion.item_id == item_id)
    )
    return db.session.scalar(question.limit(1)) is not None


def exam_statistic(exam_version_id: int) -> ExamStatistic | None:
    """The figures of a version of an exam as they were last computed."""
    return db.session.get(ExamStatistic, exam_version_id)


def exam_figures(exam_version_id: int) -> ExamFigures | None:
    """The same, read; nothing where nobody sat it yet."""
    kept = exam_statistic(exam_version_id)
    return EXAM_FIGURES.validate_python(kept.figures) if kept else None


def told_items(items: Sequence[ExamItem]) -> list[list[Any]]:
    """The items of an exam as they are kept: their values in order and rounded to six digits, for there are many."""
    return [[round(value, 6) if isinstance(value, float) else value for value in astuple(item)] for item in items]


def exam_items(exam_version_id: int) -> list[ExamItem]:
    """What this version of an exam says of each of its items, as last computed; nothing where nobody sat it yet."""
    kept = db.session.scalar(select(ExamStatistic.items).where(ExamStatistic.exam_version_id == exam_version_id))
    return [ExamItem(*values) for values in kept or ()]


def sequential_count(exam_version_id: int) -> int:
    """How many attempts at this version of an exam were sat one question after another: no figures are computed of them."""
    own = Attempt.exam_version_id == exam_version_id, Attempt.mode == AttemptMode.SEQUENTIAL.value, Attempt.state != AttemptState.OPEN.value
    return db.session.scalar(select(func.count()).select_from(Attempt).where(*own)) or 0
