"""Grading an attempt into a score run. A run is never edited; grading again makes another."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.certification import queries as certification
from training.certification.services import ExamPassed, consider
from training.db import db
from training.exams import queries
from training.exams.documents import RESULT
from training.exams.models import Attempt, ScoreRun
from training.exams.queries import PlacedItem, PublishedExam
from training.exams.queries.marking import settled_replies
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.grading import RULE_VERSION, Graded, Mark, Result, grade, grade_sequence, pack_marks
from training.exams.rules.marking import Marked
from training.exams.rules.runs import RunReason, pack_items
from training.exams.rules.sequential.decision import Outcome, outcome
from training.exams.services.asking import ask_for_marks
from training.exams.services.judging import judge_attempt
from training.exams.services.marks import Keys, graded_place, keys_of, mark_of, may_count
from training.exams.services.sheets import keep_answer_sheet
from training.exams.services.typing_clock import note_unconfirmed_typing


def grade_attempt(attempt: Attempt, *, reason: RunReason, by: Actor, now: datetime) -> ScoreRun:
    """Mark every place, work out the result, write both down as the current run, and tell the certification of a pass."""
    form = queries.form_of(attempt)
    exam = queries.exam_of_version(attempt.exam_version_id)
    keys = keys_of_form(form)
    marks, graded = marks_of(attempt, form, keys)
    result = grade_sequence(graded, queries.plan_of(attempt, exam.document)) if attempt.mode == AttemptMode.SEQUENTIAL else grade(graded, exam.document.rule)
    run = _run(form, marks, graded, result)
    run.reason, run.by_id, run.graded_at = reason.value, by.id if by.kind is ActorKind.PERSON else None, now
    _make_current(attempt, run)
    keep_answer_sheet(attempt, form)
    judge_attempt(attempt, form, keys, now=now)
    note_unconfirmed_typing(attempt, form, by=by, now=now)
    if not run.is_final:
        ask_for_marks(attempt, form, now=now)
    detail = {"exam": exam.slug, "passed": run.is_passed, "run": run.ordinal, "rule_version": RULE_VERSION, "score_per_10000": round(result.share * 10_000)}
    record("attempt.graded", by=by, subject=("attempt", attempt.public_id), now=now, detail=detail)
    if run.is_passed:
        held = certification.certification_by_slug(attempt.certification_slug)
        finished_at = attempt.finished_at or now
        sat = {"exam_version": exam.number, "items": [place.version.id for place in form]}
        claim = queries.claim_of(AttemptMode(attempt.mode), exam)
        passed = ExamPassed(exam.slug, attempt.public_id, finished_at, claim, sat, exam.document.number)
        consider(attempt.person_id, held, exam=passed, by=by, now=now)
    return run


def sequence_so_far(attempt: Attempt, exam: PublishedExam) -> Outcome:
    """How the evidence of a sequential attempt stands with what is confirmed."""
    form = queries.form_of(attempt)
    _, graded = marks_of(attempt, form, keys_of_form(form))
    return outcome([item.mark is Mark.RIGHT if item.counts else None for item in graded], queries.plan_of(attempt, exam.document))


def keys_of_form(form: Sequence[PlacedItem]) -> Keys:
    """What is needed to mark the answers on a form."""
    return keys_of({place.version.id: place.version for place in form}.values())


def marks_of(
    attempt: Attempt, form: Sequence[PlacedItem], keys: Keys, *, settled: Mapping[tuple[int, int], Marked] | None = None
) -> tuple[list[Marked], list[Graded]]:
    """The mark of every place, and the places as results are worked out from.

    Nothing counts that a ruling dropped, no pilot item, nor in sequential mode what was not confirmed. `settled` stands in for what markers gave.
    """
    if settled is None:
        settled = settled_replies([attempt.id]) if any(place.version.kind == ItemKind.REPLY for place in form) else {}
    given = [mark_of(keys, place.version.id, place.option_order, place.response, settled.get((attempt.id, place.position))) for place in form]
    marks = [marked for marked, _ in given]
    graded = [
        graded_place(keys.by_version[place.version.id], marked, counts=counts and may_count(attempt, place.position, is_pilot=place.is_pilot))
        for place, (marked, counts) in zip(form, given, strict=True)
    ]
    return marks, graded


def _run(form: Sequence[PlacedItem], marks: Sequence[Marked], graded: Sequence[Graded], result: Result) -> ScoreRun:
    """What the marks of a form come to, as a row that says everything but whose, why and when."""
    is_final = not any(item.mark is Mark.PENDING and item.counts for item in graded)
    return ScoreRun(
        rule_version=RULE_VERSION,
        result=RESULT.dump_python(result, mode="json"),
        items=pack_items([place.version.id for place in form]),
        marks=pack_marks([given.mark for given in marks], [item.counts for item in graded]),
        credits={str(place.position): given.credit for place, given in zip(form, marks, strict=True) if given.mark is Mark.PARTIAL},
        is_passed=is_final and result.is_passed,
        is_final=is_final,
    )


def _make_current(attempt: Attempt, run: ScoreRun) -> None:
    """Append a run behind the attempt's last one and let the score be what it says."""
    before = queries.latest_run(attempt.id) if attempt.current_score_run_id is not None else None
    run.attempt_id = attempt.id
    run.ordinal = before.ordinal + 1 if before else 1
    run.previous_run_id = before.id if before else None
    db.session.add(run)
    db.session.flush()
    attempt.current_score_run = run
    db.session.flush()
