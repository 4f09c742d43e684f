"""Sequential attempts: confirming an answer, by plain form and by script. It is final from then on."""

from flask import flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import ConfirmBody
from training.exams.models import Attempt
from training.exams.rules.timing import AttemptState
from training.exams.views.blueprint import blueprint
from training.exams.views.evidence import leaves_evidence, page_leaves_evidence, read, refuse_large_form, refused
from training.exams.views.sitting import after_saving, page_client, response_at, save_plain_form
from training.web.access import current_actor, opens_to_signed_in, principal, writes
from training.web.wording import words_for


@blueprint.post("/exams/attempts/<public_id>/<int:position>/confirmation")
@opens_to_signed_in
@page_leaves_evidence
@writes
def confirm(public_id: str, position: int) -> ResponseReturnValue:
    """Save the answer of a plain form and make it final."""
    refuse_large_form()
    attempt = queries.attempt_to_finish(principal().person_id, public_id)
    response = response_at(attempt, position)
    if position > attempt.confirmed_count:
        saved = save_plain_form(attempt, position, response)
        if not saved.verdict.is_in_force:
            db.session.commit()
            return after_saving(saved, attempt, response)
    try:
        services.confirm_answer(attempt, position, client_id=page_client(), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        flash(words_for(refusal.reason, refusal.detail), "warn")
    target = _next(attempt)
    db.session.commit()
    return redirect(target)


@blueprint.post("/exams/attempts/<public_id>/confirmation")
@opens_to_signed_in
@leaves_evidence
@writes
def confirm_by_script(public_id: str) -> ResponseReturnValue:
    """Make the answer that is saved at a place final; asked again, the same answer."""
    body = read(ConfirmBody)
    attempt = queries.attempt_to_finish(principal().person_id, public_id)
    try:
        services.confirm_answer(attempt, body.position, client_id=body.client_id, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        return refused(refusal)
    answer = jsonify(state=attempt.state, next=_next(attempt))
    db.session.commit()
    return answer


def _next(attempt: Attempt) -> str:
    """Where the candidate goes on."""
    if attempt.state != AttemptState.OPEN:
        return url_for("exams.result", public_id=attempt.public_id)
    return url_for("exams.item", public_id=attempt.public_id, position=attempt.confirmed_count + 1)
