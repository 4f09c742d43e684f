"""Disputing questions of one's own attempt and appealing against marks; and, for trainers, opening a question to whoever disputes it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.disputes import queries, services
from training.disputes.forms import AppealForm, OpeningForm, QuestionClaimForm, appeal_form
from training.disputes.rules.claims import may_claim_until
from training.disputes.views.blueprint import APPEAL_STATE_NAMES, MAY_REVIEW, QUESTION_STATE_NAMES, blueprint
from training.errors import Refusal
from training.exams.models import Attempt
from training.exams.queries import attempt_of, attempt_to_finish, attempt_to_write
from training.exams.queries.appeals import marked_replies, marked_since
from training.exams.rules.appeals import may_appeal_until
from training.exams.rules.reply_marks import MOST_POINTS
from training.exams.services import appeal as make_appeal
from training.web.access import current_actor, opens_to, opens_to_signed_in, principal, writes
from training.web.wording import words_for


@blueprint.get("/attempts/<public_id>")
@opens_to_signed_in
def attempt(public_id: str) -> ResponseReturnValue:
    """What I have disputed of an attempt, and the form for another question."""
    found = attempt_of(principal().person_id, public_id)
    if found.is_open_at(clock.now()):
        return redirect(url_for("exams.item", public_id=public_id, position=1))
    return _page(found, QuestionClaimForm())


@blueprint.post("/attempts/<public_id>")
@opens_to_signed_in
@writes
def claim_question(public_id: str) -> ResponseReturnValue:
    """Dispute a question. A second click finds the first."""
    found, form = attempt_to_write(principal().person_id, public_id), QuestionClaimForm()
    if not form.validate_on_submit():
        return _page(found, form), 400
    try:
        made = services.claim_question(found, form.position.data or 0, reason=form.reason.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.position.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(attempt_of(principal().person_id, public_id), form), 409
    address = url_for("disputes.dispute", public_id=queries.own_claim(made.id).dispute.public_id)
    db.session.commit()
    flash("It is kept. Two trainers now answer the question without knowing its key; you are told by mail.", "good")
    return redirect(address)


@blueprint.post("/attempts/<public_id>/appeals")
@opens_to_signed_in
@writes
def appeal(public_id: str) -> ResponseReturnValue:
    """Appeal against the marks of a written reply. A second click finds the first."""
    found = attempt_to_finish(principal().person_id, public_id)
    form = appeal_form([reply.position for reply in marked_replies(found)])
    if form.reply.choices and not form.validate_on_submit():
        return _page(found, QuestionClaimForm(formdata=None), form), 400
    try:
        make_appeal(found, form.reply.data or 0, reason=form.reason.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(attempt_of(principal().person_id, public_id), QuestionClaimForm(formdata=None), problem=words_for(refusal.reason)), 409
    db.session.commit()
    flash("Your appeal is kept. Somebody who has not marked the reply marks it now; you are told by mail.", "good")
    return redirect(url_for("disputes.attempt", public_id=public_id))


@blueprint.post("/<public_id>/claims/<int:claim_id>/opening")
@opens_to(*MAY_REVIEW)
@writes
def open_question(public_id: str, claim_id: int) -> ResponseReturnValue:
    """Let whoever claims look at the question for a while."""
    found, form = queries.dispute_by_public_id(public_id), OpeningForm()
    claim = queries.claim_in(found, claim_id)
    if not form.validate_on_submit():
        flash(" ".join(map(str, form.minutes.errors)) or "Say for how long.", "bad")
        return redirect(url_for("disputes.dispute", public_id=public_id))
    services.open_to_claimant(claim, found, minutes=form.minutes.data or 0, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The question is open to them now, without its key.", "good")
    return redirect(url_for("disputes.dispute", public_id=public_id))


def _page(found: Attempt, form: QuestionClaimForm, appealing: AppealForm | None = None, *, problem: str = "") -> str:
    now = clock.now()
    ends_at, marked_at = may_claim_until(found.finished_at or now), marked_since(found)
    replies = marked_replies(found) if marked_at else []
    appeal_ends_at = may_appeal_until(marked_at) if marked_at else now
    return render_template(
        "disputes/attempt.html",
        attempt=found,
        form=form,
        problem=problem,
        appealing=appealing or appeal_form([reply.position for reply in replies if reply.appeal is None]),
        mine=queries.claims_of_attempt(found.id),
        ends_at=ends_at,
        may_claim=now <= ends_at,
        replies=replies,
        most_points=MOST_POINTS,
        appeal_ends_at=appeal_ends_at,
        may_appeal=now <= appeal_ends_at and any(reply.appeal is None for reply in replies),
        state_names=QUESTION_STATE_NAMES,
        appeal_state_names=APPEAL_STATE_NAMES,
    )
