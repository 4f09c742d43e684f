"""What computed signals are worked out from: answers of many attempts, and how groups fared."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from training.accounts import queries as accounts
from training.db import db
from training.exams.models import AnswerEvent, AnswerSheet, Attempt, ExamVersion, LateRuling, ScoreRun, SignalTally, SimilarityRun
from training.exams.queries.statistics import is_first
from training.exams.queries.uses import counts_of
from training.exams.rules.answer_codes import HASHED, unpacked
from training.exams.rules.grading import Mark, unpack_marks
from training.exams.rules.integrity.similarity import Sheet
from training.exams.rules.integrity.speed import Given
from training.exams.rules.runs import unpack_items
from training.exams.rules.saving import SaveVerdict

COHORT_DAYS = 7
LARGEST_COHORT = 1_000
ATTEMPTS_FOR_TIMES = 300
RUNS_LOOKED_AT_AGAIN = 1_000
GROUP_DAYS = 90
_KEPT = (SaveVerdict.SAVED.value, SaveVerdict.PAUSED.value)


@dataclass(frozen=True, slots=True)
class CohortSheet:
    """The answers of one finished attempt, to be compared with others."""

    attempt: Attempt
    sheet: Sheet
    is_fresh: bool
    """Whether it was not compared with anybody yet."""


def attempts_to_tally(*, size: int = 10) -> list[tuple[Attempt, int]]:
    """Graded attempts of which nothing is counted yet, each with its first score run, in the order of these.

    Runs that were begun beside the last one counted may have been committed after it: so many before it are looked at again.
    """
    last = db.session.scalar(select(func.max(SignalTally.score_run_id))) or 0
    counted = select(SignalTally.attempt_id).where(SignalTally.attempt_id == ScoreRun.attempt_id)
    question = select(Attempt, ScoreRun.id).join(ScoreRun, ScoreRun.attempt_id == Attempt.id)
    question = question.where(ScoreRun.id > last - RUNS_LOOKED_AT_AGAIN, ScoreRun.ordinal == 1, ~counted.exists())
    return [(attempt, run_id) for attempt, run_id in db.session.execute(question.order_by(ScoreRun.id).limit(size))]


def given_answers(attempt: Attempt) -> list[Given]:
    """When each answer that counted was given, by the numbers of its window and by arrival; what came late counts where that was ruled."""
    columns = (AnswerEvent.position, AnswerEvent.client_id, AnswerEvent.sequence, AnswerEvent.received_at)
    events = select(*columns).outerjoin(LateRuling, LateRuling.event_id == AnswerEvent.id).where(AnswerEvent.attempt_id == attempt.id)
    found = db.session.execute(events.where(AnswerEvent.verdict.in_(_KEPT) | LateRuling.counts.is_(True)))
    return [Given(position, client, number, (at - attempt.started_at).total_seconds()) for position, client, number, at in found]


def items_by_place(attempt: Attempt) -> list[int]:
    """The item versions of a graded attempt, by place."""
    run = db.session.get(ScoreRun, attempt.current_score_run_id)
    return list(unpack_items(run.items)) if run else []


def seconds_by_item(exam_id: int) -> dict[int, list[int]]:
    """How long the latest attempts took for each item version; what is not known is left out."""
    question = (
        select(ScoreRun.items, AnswerSheet.seconds)
        .join(Attempt, Attempt.current_score_run_id == ScoreRun.id)
        .join(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .where(ExamVersion.exam_id == exam_id)
        .order_by(Attempt.id.desc())
        .limit(ATTEMPTS_FOR_TIMES)
    )
    found: dict[int, list[int]] = {}
    for items, seconds in db.session.execute(question):
        for item, taken in zip(unpack_items(items), unpacked(seconds), strict=True):
            if taken:
                found.setdefault(item, []).append(taken)
    return found


def exams_to_compare(*, tallied_before: datetime) -> Sequence[int]:
    """The exams with attempts that were counted before this instant and not compared yet."""
    question = select(SignalTally.exam_id).where(SignalTally.compared_at.is_(None), SignalTally.tallied_at < tallied_before).distinct()
    return db.session.scalars(question.order_by(SignalTally.exam_id)).all()


def cohort_of(exam_id: int, *, tallied_before: datetime) -> list[CohortSheet]:
    """The attempts of a week that ends at this instant, and whatever older ones were not compared yet; the latest where there are very many."""
    return _cohort(exam_id, tallied_before, SignalTally.compared_at.is_(None), fresh_since=None)


def compared_cohort(run: SimilarityRun) -> list[CohortSheet]:
    """The same attempts as this comparison was of, those fresh that were fresh then, with the marks that count now."""
    midnight = run.computed_at.replace(hour=0, minute=0, second=0, microsecond=0)
    not_compared = SignalTally.compared_at.is_(None) | (SignalTally.compared_at >= run.computed_at)
    return _cohort(run.exam_id, midnight, not_compared, fresh_since=run.computed_at)


def _cohort(exam_id: int, until: datetime, not_compared: ColumnElement[bool], *, fresh_since: datetime | None) -> list[CohortSheet]:
    question = (
        select(Attempt, SignalTally.compared_at, ScoreRun.items, ScoreRun.marks, AnswerSheet.codes)
        .join(SignalTally, SignalTally.attempt_id == Attempt.id)
        .join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
        .join(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .where(SignalTally.exam_id == exam_id, SignalTally.tallied_at < until)
        .where((SignalTally.tallied_at >= until - timedelta(days=COHORT_DAYS)) | not_compared)
        .order_by(Attempt.id.desc())
        .limit(LARGEST_COHORT)
    )
    return [
        CohortSheet(attempt, Sheet(attempt.person_id, _answers(items, marks, codes)), compared_at == fresh_since)
        for attempt, compared_at, items, marks, codes in db.session.execute(question)
    ]


def _answers(items: bytes, marks: bytes, codes: bytes) -> dict[int, int | None]:
    """What can be compared: right answers as nothing, wrong ones by their code. What counts for nobody, as on a trial or by a ruling, has no wrong answers."""
    found: dict[int, int | None] = {}
    for item, (mark, counts), code in zip(unpack_items(items), unpack_marks(marks), unpacked(codes), strict=True):
        if not counts:
            continue
        if mark is Mark.RIGHT:
            found[item] = None
        elif mark in {Mark.WRONG, Mark.CRITICAL_MISS} and code not in {0, HASHED}:
            found[item] = code
    return found


def passes_by_team(exam_id: int, *, now: datetime) -> dict[str, tuple[int, int]]:
    """How many first attempts of the last weeks passed, of how many, by the team that the person is in now."""
    question = (
        select(Attempt.person_id, ScoreRun.is_passed)
        .join(ScoreRun, ScoreRun.id == Attempt.current_score_run_id)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .where(ExamVersion.exam_id == exam_id, is_first(), Attempt.finished_at >= now - timedelta(days=GROUP_DAYS))
    )
    outcomes = [(person_id, bool(is_passed)) for person_id, is_passed in db.session.execute(question)]
    names = accounts.team_names()
    states = accounts.states_of({person_id for person_id, _ in outcomes}, at=now)
    passed: Counter[str] = Counter()
    sat: Counter[str] = Counter()
    for person_id, is_passed in outcomes:
        team_id = states[person_id].team_id
        name = names.get(team_id, "No team") if team_id is not None else "No team"
        sat[name] += 1
        passed[name] += is_passed
    return {name: (passed[name], count) for name, count in sat.items()}


@dataclass(frozen=True, slots=True)
class ExposedItem:
    """An item that was on many forms of an exam."""

    slug: str
    form_count: int
    forms_drawn: int


def item_exposure(exam_ids: Collection[int]) -> dict[int, list[ExposedItem]]:
    """How many forms of each exam held each of its items, the most used first."""
    counts = {exam_id: counts_of(exam_id) for exam_id in exam_ids}
    return {
        exam_id: [ExposedItem(slug, form_count, counted.forms_drawn) for slug, form_count in counted.most_used_first()] for exam_id, counted in counts.items()
    }
