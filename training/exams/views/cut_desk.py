"""Where a judge says what they think of a whole exam."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.exams import services
from training.exams.forms import WholeExamForm
from training.exams.views.blueprint import blueprint
from training.exams.views.exam_desk import chosen_exam, exam_page
from training.web.access import current_actor, opens_to, principal, writes


@blueprint.post("/exams/desk/exams/<slug>/cut")
@opens_to("trainer")
@writes
def judge_exam(slug: str) -> ResponseReturnValue:
    """Keep what a judge says of the exam's current version, or of the one that the address names."""
    form, (exam, _versions) = WholeExamForm(), chosen_exam(slug)
    if not form.validate_on_submit():
        return exam_page(slug, form), 422
    services.judge_exam(exam, form.said(), judge_id=principal().person_id, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("What you say is kept. Until then you saw nobody else's.", "good")
    return redirect(url_for("exams.exam_analysis", slug=slug, version=request.args.get("version"), _anchor="whole"))
