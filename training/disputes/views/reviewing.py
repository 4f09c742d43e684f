"""Reviewing blind: the case as it looks, decided as a moderator would, before the reference, the claims and other reviews are seen."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.forms import CaseAnswerForm, answer_form
from training.cases.queries import case_for_display, taxonomy
from training.db import db
from training.disputes import queries, services
from training.disputes.forms import QuestionReviewForm, ReviewForm
from training.disputes.models import Dispute
from training.disputes.rules.reviews import ReviewRefusal, UnsoundReason
from training.disputes.views.blueprint import MAY_REVIEW, blueprint
from training.disputes.views.cases import case_options
from training.disputes.views.questions import question_page, take_question_review
from training.errors import Refusal
from training.judgements.documents import parse_answer
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.wording import words_for


@blueprint.get("/review")
@opens_to(*MAY_REVIEW)
def review() -> str:
    """The case or the question that waits longest for my review."""
    me = principal().person_id
    now = clock.now()
    found = queries.next_to_review(me, at=now, after_id=id_in_query("after") or 0) or queries.next_to_review(me, at=now)
    if found is None:
        return render_template("disputes/nothing_to_review.html")
    return _page(found, _answer_form(found), ReviewForm()) if found.item_version_id is None else question_page(found, QuestionReviewForm())


@blueprint.post("/<public_id>/review")
@opens_to(*MAY_REVIEW)
@writes
def give_review(public_id: str) -> ResponseReturnValue:
    """Take my review. The first one stands, however often it is sent."""
    found, reasons = queries.dispute_by_public_id(public_id), ReviewForm()
    if found.item_version_id is not None:
        return take_question_review(found)
    answer = _answer_form(found)
    is_sound = answer.validate()
    if not reasons.validate() or not is_sound:
        return _page(found, answer, reasons), 400
    site_url = current_app.config["PUBLIC_URL"]
    try:
        services.give_review(found, parse_answer(answer.as_json()), reason=reasons.reason.data or "", site_url=site_url, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _refused(public_id, answer, reasons, refusal)
    db.session.commit()
    flash("Your review is kept. This page now shows what the expert said, and who disputes it.", "good")
    return redirect(url_for("disputes.dispute", public_id=public_id))


def _refused(public_id: str, answer: CaseAnswerForm, reasons: ReviewForm, refusal: Refusal) -> ResponseReturnValue:
    """Once more the form where the answer is at fault; the dispute where it was reviewed before; else the refusal itself."""
    if refusal.reason == ReviewRefusal.REVIEWED_ALREADY:
        flash(words_for(refusal.reason), "info")
        return redirect(url_for("disputes.dispute", public_id=public_id))
    if not isinstance(refusal.reason, UnsoundReason):
        raise refusal
    answer.severity.errors = [words_for(refusal.reason)]
    return _page(queries.dispute_by_public_id(public_id), answer, reasons), 400


def _answer_form(found: Dispute) -> CaseAnswerForm:
    return answer_form(taxonomy(), case=case_for_display(queries.shown(found).reference.case_version_id))


def _page(found: Dispute, answer: CaseAnswerForm, reasons: ReviewForm) -> str:
    """The case and the form: nothing of the reference, of the claims, of another review."""
    shown, me = queries.shown(found), principal().person_id
    return render_template(
        "disputes/review.html",
        dispute=found,
        displayed=case_for_display(shown.reference.case_version_id),
        options=case_options(found, shown.case, me, now=clock.now()),
        form=answer,
        reasons=reasons,
        waiting_count=queries.to_review_count(me, at=clock.now()),
    )
