"""What an open exam asks every few seconds: until when, whether it stands still, who writes. And the breaks a candidate takes."""

from flask import abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.exams import queries, services
from training.exams.forms import MOST_ANSWERS
from training.exams.views.blueprint import blueprint
from training.exams.views.saving import instant_for_script
from training.web.access import current_actor, opens_to_signed_in, principal, writes
from training.web.formatting import instant_text

POLL_SECONDS = 10.0
"""How often a page of an open exam asks how it stands, give or take a tenth: so that it follows every ruling within 15 seconds."""


@blueprint.app_template_global("exam_poll_seconds")
def exam_poll_seconds() -> float:
    """How often the page asks."""
    return POLL_SECONDS


@blueprint.put("/exams/check")
@opens_to_signed_in
def check() -> ResponseReturnValue:
    """What a browser asks before the start, as it will save: that its sign-in, its token and everything between let a save through."""
    return "", 204


@blueprint.get("/exams/attempts/<public_id>/status")
@opens_to_signed_in
def status(public_id: str) -> ResponseReturnValue:
    """How the attempt stands now."""
    now = clock.now()
    attempt = queries.standing_of_attempt(principal().person_id, public_id)
    return jsonify(
        now=instant_for_script(now),
        deadline_at=instant_for_script(attempt.deadline_at),
        deadline_text=instant_text(attempt.deadline_at),
        state=attempt.state_at(now),
        paused_at=instant_for_script(attempt.paused_at) if attempt.paused_at else None,
        writer=attempt.writer_id,
        is_on_break=attempt.breaks.is_on_break(now),
        break_seconds_left=attempt.breaks.left(now).total_seconds(),
    )


@blueprint.post("/exams/attempts/<public_id>/break")
@opens_to_signed_in
@writes
def take_break(public_id: str) -> ResponseReturnValue:
    """Begin a break, or end it."""
    deed = {"start": services.start_break, "end": services.end_break}.get(request.form.get("go", ""))
    if deed is None:
        abort(400)
    deed(queries.attempt_to_write(principal().person_id, public_id), by=current_actor(), now=clock.now())
    db.session.commit()
    position = request.form.get("position", 1, type=int)
    return redirect(url_for("exams.item", public_id=public_id, position=position if 1 <= position <= MOST_ANSWERS else 1))
