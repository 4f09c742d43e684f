"""After an exam: the result by area with intervals, what was missing, what to practise, and when a retake opens. Never the keys."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.certification.queries import standing_of
from training.courses.queries import current_modules
from training.db import begin_writing, db
from training.exams import queries, services
from training.exams.models import Attempt
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.grading import Result
from training.exams.rules.timing import AttemptState
from training.exams.views.areas import titles
from training.exams.views.blueprint import blueprint
from training.exams.views.typed import typed_passages
from training.web.access import current_actor, opens_to_signed_in, principal


@blueprint.get("/exams/attempts/<public_id>/result")
@opens_to_signed_in
def result(public_id: str) -> ResponseReturnValue:
    """The result; whoever comes after the deadline ends the attempt by looking, if nobody has."""
    attempt = queries.attempt_of(principal().person_id, public_id)
    if attempt.is_open_at(clock.now()):
        return redirect(url_for("exams.item", public_id=public_id, position=1))
    if attempt.state == AttemptState.OPEN:
        _end(public_id)
        return redirect(url_for("exams.result", public_id=public_id))
    found = queries.result_of(attempt)
    assert found is not None, "a finished attempt is graded in the same transaction"
    if attempt.current_score_run is not None and not attempt.current_score_run.is_final:
        document = queries.exam_of_version(attempt.exam_version_id).document
        return render_template("exams/being_marked.html", attempt=attempt, document=document, late=queries.late_answers_of(attempt.id))
    return _page(attempt, found)


def _end(public_id: str) -> None:
    begin_writing()
    attempt = queries.attempt_to_finish(principal().person_id, public_id)
    services.expire_if_due(attempt, by=current_actor(), now=clock.now())
    db.session.commit()


def _page(attempt: Attempt, found: Result) -> str:
    now, exam = clock.now(), queries.exam_of_version(attempt.exam_version_id)
    overview = queries.overview_of(attempt.person_id, exam, now=now)
    weak = {area.area for area in found.areas if area.right_count < area.item_count}
    return render_template(
        "exams/result.html",
        attempt=attempt,
        document=exam.document,
        result=found,
        overview=overview,
        standing=standing_of(attempt.person_id, overview.certification.id, at=now),
        unanswered_count=max(0, found.item_count - queries.answered_count(attempt.id)),
        typed=[] if exam.document.gating else typed_passages(attempt),
        late=queries.late_answers_of(attempt.id),
        scores=queries.runs_of(attempt),
        claim=queries.claim_of(AttemptMode(attempt.mode), exam),
        now=now,
        area_titles=titles(),
        modules=[entry for entry in current_modules() if entry.area in weak and entry.original_id is None] if weak else [],
    )
