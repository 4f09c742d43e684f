"""What the exam's script speaks to: one answer, several at once, who writes, and the submission. All in JSON."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from training import clock
from training.db import begin_writing, db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import ClaimBody, SavingBody, SubmitBody, read_batch
from training.exams.rules.saving import SaveVerdict, Saving
from training.exams.services import Saved
from training.exams.views.blueprint import VERDICT_WORDS, blueprint
from training.exams.views.evidence import leaves_evidence, read, refuse_too_large, refused, unreadable
from training.exams.views.sitting import page_client
from training.web.access import current_actor, opens_to_signed_in, opens_to_token, principal, session_token, turn_away, writes
from training.web.wording import words_for


def instant_for_script(instant: datetime) -> str:
    """An instant as scripts read it: in UTC, to the millisecond."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(saved: Saved) -> str:
    return words_for(saved.fault) if saved.fault else VERDICT_WORDS[saved.verdict]


_OTHER_STATUS = {SaveVerdict.UNREADABLE: 422, SaveVerdict.PAUSED: 202}


def _status(saved: Saved) -> int:
    if saved.verdict.is_in_force:
        return 200
    return _OTHER_STATUS.get(saved.verdict, 409)


def _times(deadline_at: datetime, now: datetime) -> dict[str, str]:
    return {"saved_at": instant_for_script(now), "now": instant_for_script(now), "deadline_at": instant_for_script(deadline_at)}


@blueprint.put("/exams/attempts/<public_id>/answers/<int:position>")
@opens_to_token
@leaves_evidence
def save(public_id: str, position: int) -> ResponseReturnValue:
    """Take one answer. The verdict says whether it counts; a verdict that it does not is committed too."""
    saving, now = read(SavingBody).saving(position), clock.now()
    receipt = services.save_at_once(public_id, saving, token=session_token(), now=now)
    if receipt is None:
        return turn_away()
    saved = receipt.saved or _save_with_the_audit(receipt.person_id, public_id, saving, now)
    said = {"verdict": saved.verdict, "position": position, "sequence": saved.sequence, "message": _message(saved), "fault": saved.fault}
    return jsonify(said | _times(receipt.deadline_at, now)), _status(saved)


def _save_with_the_audit(person_id: int, public_id: str, saving: Saving, now: datetime) -> Saved:
    begin_writing()
    saved = services.save_answer(queries.attempt_to_write(person_id, public_id), saving, by=current_actor(), now=now)
    db.session.commit()
    return saved


@blueprint.post("/exams/attempts/<public_id>/answers")
@opens_to_signed_in
@leaves_evidence
@writes
def save_batch(public_id: str) -> ResponseReturnValue:
    """Take several answers in their order: what a page that closes sends on its way out, with the form token in its body."""
    refuse_too_large()
    try:
        savings = read_batch(request.form.get("answers", ""))
    except ValidationError as error:
        raise unreadable(error) from None
    now = clock.now()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    results = services.save_answers(attempt, savings, by=current_actor(), now=now)
    said = [{"verdict": saved.verdict, "position": saved.position, "sequence": saved.sequence, "message": _message(saved)} for saved in results]
    answer = jsonify(results=said, **_times(attempt.deadline_at, now))
    db.session.commit()
    return answer, _status_of_all(results)


def _status_of_all(results: Sequence[Saved]) -> int:
    """Of a batch: 200 as soon as the candidate may rely on any of it, else why the first of it was refused."""
    found = [_status(saved) for saved in results]
    return 200 if min(found) < 400 else found[0]


@blueprint.post("/exams/attempts/<public_id>/writer")
@opens_to_signed_in
@leaves_evidence
@writes
def claim(public_id: str) -> ResponseReturnValue:
    """Ask to write from this window, or take over from another."""
    body = read(ClaimBody)
    now = clock.now()
    attempt = queries.attempt_to_write(principal().person_id, public_id)
    takes_over = body.takes_over or attempt.writer_id == page_client()
    is_writing = services.claim_writing(attempt, body.client_id, sequence=body.sequence, takes_over=takes_over, by=current_actor(), now=now)
    answer = jsonify(is_writing=is_writing, **_times(attempt.deadline_at, now))
    db.session.commit()
    return answer, 200 if is_writing else 409


@blueprint.post("/exams/attempts/<public_id>/submission")
@opens_to_signed_in
@leaves_evidence
@writes
def submit_by_script(public_id: str) -> ResponseReturnValue:
    """End the attempt and grade it; asked again, the same answer."""
    body = read(SubmitBody)
    attempt = queries.attempt_to_finish(principal().person_id, public_id)
    try:
        services.submit_attempt(attempt, client_id=body.client_id, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        return refused(refusal)
    answer = jsonify(state=attempt.state, result=url_for("exams.result", public_id=public_id))
    db.session.commit()
    return answer
