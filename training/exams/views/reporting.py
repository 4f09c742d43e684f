"""Where a candidate's windows report of themselves: that they were left or pasted into, never what."""

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from training import clock
from training.db import db
from training.exams import queries, services
from training.exams.forms import LARGEST_BODY, SignalsBody
from training.exams.views.blueprint import blueprint
from training.web.access import opens_to_signed_in, principal, writes


@blueprint.post("/exams/attempts/<public_id>/signals")
@opens_to_signed_in
@writes
def report(public_id: str) -> ResponseReturnValue:
    """Take what a window reports; how much of it is kept. A beacon can bring it: the token is in the body."""
    if (request.content_length or 0) > LARGEST_BODY:
        return jsonify(error="too_large", message="Send fewer signals at once."), 413
    try:
        body = SignalsBody.model_validate_json(request.form.get("signals", ""))
    except ValidationError:
        return jsonify(error="unreadable", message="These signals could not be read."), 422
    now = clock.now()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    kept = services.report_signals(attempt, body.client_id, body.reports(now), now=now)
    db.session.commit()
    return jsonify(kept=kept)
