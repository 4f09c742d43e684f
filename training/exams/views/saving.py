"""What the exam's script speaks to: one answer, several at once, who writes, and the submission. All in JSON."""

from datetime import UTC, datetime

from flask import abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from training import clock
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import LARGEST_BODY, ClaimBody, SavingBody, SubmitBody, read_batch
from training.exams.models import Attempt
from training.exams.rules.saving import SaveVerdict
from training.exams.services import Saved
from training.exams.views.blueprint import VERDICT_WORDS, blueprint
from training.web.access import current_actor, opens_to_signed_in, principal, writes
from training.web.wording import words_for


def instant_for_script(instant: datetime) -> str:
    """An instant as scripts read it: in UTC, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def unreadable(error: ValidationError) -> ResponseReturnValue:
    """What is answered to a body that cannot be read."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(map(str, first["loc"])) or "body"
    return jsonify(error="unreadable", message=f"The answer could not be read: {where}: {first['msg']}."), 422


def body_of_request() -> bytes:
    """The body; more than 64 KB is answered with 413."""
    _refuse_more_than(request.content_length or 0)
    body = request.get_data()
    _refuse_more_than(len(body))
    return body


def _refuse_more_than(byte_count: int) -> None:
    if byte_count > LARGEST_BODY:
        abort(413)


def _message(saved: Saved) -> str:
    return words_for(saved.fault) if saved.fault else VERDICT_WORDS[saved.verdict]


_OTHER_STATUS = {SaveVerdict.UNREADABLE: 422, SaveVerdict.PAUSED: 202}


def _status(saved: Saved) -> int:
    if saved.verdict.is_in_force:
        return 200
    return _OTHER_STATUS.get(saved.verdict, 409)


def _times(attempt: Attempt, now: datetime) -> dict[str, str]:
    return {"saved_at": instant_for_script(now), "now": instant_for_script(now), "deadline_at": instant_for_script(attempt.deadline_at)}


@blueprint.put("/exams/attempts/<public_id>/answers/<int:position>")
@opens_to_signed_in
@writes
def save(public_id: str, position: int) -> ResponseReturnValue:
    """Take one answer. The verdict says whether it counts; a verdict that it does not is committed too."""
    try:
        body = SavingBody.model_validate_json(body_of_request())
    except ValidationError as error:
        return unreadable(error)
    now = clock.now()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    saved = services.save_answer(attempt, body.saving(position), by=current_actor(), now=now)
    answer = jsonify(verdict=saved.verdict, position=position, sequence=saved.sequence, message=_message(saved), **_times(attempt, now))
    db.session.commit()
    return answer, _status(saved)


@blueprint.post("/exams/attempts/<public_id>/answers")
@opens_to_signed_in
@writes
def save_batch(public_id: str) -> ResponseReturnValue:
    """Take several answers in their order: what a page that closes sends on its way out, with the form token in its body."""
    _refuse_more_than(request.content_length or 0)
    try:
        savings = read_batch(request.form.get("answers", ""))
    except ValidationError as error:
        return unreadable(error)
    now = clock.now()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    results = services.save_answers(attempt, savings, by=current_actor(), now=now)
    said = [{"verdict": saved.verdict, "position": saved.position, "sequence": saved.sequence, "message": _message(saved)} for saved in results]
    answer = jsonify(results=said, **_times(attempt, now))
    db.session.commit()
    return answer


@blueprint.post("/exams/attempts/<public_id>/writer")
@opens_to_signed_in
@writes
def claim(public_id: str) -> ResponseReturnValue:
    """Ask to write from this window, or take over from another."""
    try:
        body = ClaimBody.model_validate_json(body_of_request())
    except ValidationError as error:
        return unreadable(error)
    now = clock.now()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    is_writing = services.claim_writing(attempt, body.client_id, sequence=body.sequence, takes_over=body.takes_over, by=current_actor(), now=now)
    answer = jsonify(is_writing=is_writing, **_times(attempt, now))
    db.session.commit()
    return answer, 200 if is_writing else 409


@blueprint.post("/exams/attempts/<public_id>/submission")
@opens_to_signed_in
@writes
def submit_by_script(public_id: str) -> ResponseReturnValue:
    """End the attempt and grade it; asked again, the same answer."""
    try:
        body = SubmitBody.model_validate_json(body_of_request())
    except ValidationError as error:
        return unreadable(error)
    attempt = queries.attempt_to_finish(principal().person_id, public_id)
    try:
        services.submit_attempt(attempt, client_id=body.client_id, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return jsonify(error=refusal.reason, message=words_for(refusal.reason, refusal.detail)), 409
    answer = jsonify(state=attempt.state, result=url_for("exams.result", public_id=public_id))
    db.session.commit()
    return answer
