"""Answers that arrived after the end, for trainers: what arrived, when and in which order, and whether it counts."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.db import db
from training.exams import queries, services
from training.exams.forms import LateForm
from training.exams.models import Attempt
from training.exams.rules.delivery import AttemptMode
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes

add_desk_section(
    DeskSection("Late answers", "exams.late", "Answers that arrived after the end wait for a ruling: count them or not, and say why.", queries.late_count)
)


@blueprint.get("/exams/desk/late")
@opens_to(*DESK_ROLES)
def late() -> str:
    """Attempts with answers that wait, the longest waiting first."""
    return render_template("exams/desk/late.html", attempts=queries.late_attempts())


@blueprint.get("/exams/desk/late/<public_id>")
@opens_to(*DESK_ROLES)
def late_attempt(public_id: str) -> str:
    """What arrived after the end of one attempt, and what was ruled."""
    return _page(queries.any_attempt(public_id), LateForm(formdata=None))


def _page(attempt: Attempt, form: LateForm) -> str:
    found = queries.late_answers_of(attempt.id)
    run = attempt.current_score_run
    is_settled = attempt.mode == AttemptMode.SEQUENTIAL or (run is not None and run.is_passed)
    current = queries.answers_of(attempt.id)
    return render_template(
        "exams/desk/late_attempt.html",
        form=form,
        attempt=attempt,
        answers=found,
        waiting=[each for each in found if each.ruling is None],
        countable={each.event.id for each in found if not is_settled and services.may_count_late(attempt, each)},
        differs={each.event.id for each in found if each.event.position not in current or current[each.event.position].response != each.event.response},
        is_settled=is_settled,
        name=person_names({attempt.person_id})[attempt.person_id],
        names=person_names({each.ruling.by_id for each in found if each.ruling is not None}),
        may_rule="trainer" in principal().roles and attempt.person_id != principal().person_id,
    )


@blueprint.post("/exams/desk/late/<public_id>")
@opens_to("trainer")
@writes
def rule_on_late(public_id: str) -> ResponseReturnValue:
    """Count what is ticked, and nothing else of what waits."""
    form, attempt = LateForm(), queries.any_attempt(public_id)
    if not form.validate_on_submit():
        return _page(attempt, form), 400
    held = queries.attempt_to_finish(attempt.person_id, public_id)
    counted = {int(value) for value in request.form.getlist("counted") if value.isascii() and value.isdigit() and len(value) < 10}
    site_url = current_app.config["PUBLIC_URL"]
    services.rule_on_late_answers(held, counted, reason=form.reason.data or "", site_url=site_url, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Ruled. The candidate is told on the page of their result and by mail.", "good")
    return redirect(url_for("exams.late_attempt", public_id=public_id))
