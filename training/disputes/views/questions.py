"""A disputed question: as whoever reviews it answers it, blind, and as trainers read it once they cannot be blind any more."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.cases.forms import answer_form
from training.cases.queries import case_for_display, taxonomy
from training.db import db
from training.disputes import queries, services
from training.disputes.forms import QuestionReviewForm
from training.disputes.models import Dispute
from training.disputes.queries import ShownQuestion
from training.disputes.rules.reviews import Outcome, ReviewRefusal, agreed_place, outcome_of
from training.disputes.views.blueprint import MAY_REVIEW, blueprint
from training.errors import Refusal
from training.exams.forms import plain_response, question_screen
from training.exams.queries import is_acquainted, viewing_of
from training.exams.rules.acquaintance import Acquaintance
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.saying import in_words, prefilled_key
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for


def question_page(found: Dispute, reasons: QuestionReviewForm, *, response: Mapping[str, Any] | None = None, problem: str = "") -> str:
    """The question to be answered; before somebody said that they want to see it, what seeing it means."""
    me, shown = principal().person_id, queries.shown_question(found)
    waiting_count = queries.to_review_count(me, at=clock.now())
    if not is_acquainted(me, shown.item.id, Acquaintance.ASKED):
        return render_template("disputes/question_ahead.html", dispute=found, waiting_count=waiting_count)
    return render_template(
        "disputes/question_review.html",
        dispute=found,
        screen=question_screen(shown, response or {}),
        media_url=_media(shown, me, now=clock.now()),
        preference=preference_of(me, usual=current_app.config["CARE_DEFAULTS"]),
        reasons=reasons,
        problem=problem,
        waiting_count=waiting_count,
    )


@blueprint.post("/<public_id>/question")
@opens_to(*MAY_REVIEW)
@writes
def look_to_review(public_id: str) -> ResponseReturnValue:
    """Show me the question that I am to review: I never draw it from now on."""
    found = queries.dispute_by_public_id(public_id)
    if found.item_version_id is None:
        return redirect(url_for("disputes.review", after=found.id - 1))
    services.look_to_review(found, by=current_actor(), now=clock.now())
    address = url_for("disputes.review", after=found.id - 1)
    db.session.commit()
    return redirect(address)


def take_question_review(found: Dispute) -> ResponseReturnValue:
    """Take my answer to the question, as it was sent."""
    public_id, reasons, shown = found.public_id, QuestionReviewForm(), queries.shown_question(found)
    response = _response(shown)
    if not reasons.validate_on_submit():
        return question_page(found, reasons, response=response), 400
    site_url = current_app.config["PUBLIC_URL"]
    try:
        services.review_question(found, response, reason=reasons.reason.data or "", site_url=site_url, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        if refusal.reason == ReviewRefusal.REVIEWED_ALREADY:
            flash(words_for(refusal.reason), "info")
            return redirect(url_for("disputes.dispute", public_id=public_id))
        if isinstance(refusal.reason, ReviewRefusal):
            raise
        return question_page(queries.dispute_by_public_id(public_id), reasons, response=response, problem=words_for(refusal.reason)), 400
    db.session.commit()
    flash("Your review is kept. This page now shows who disputes the question.", "good")
    return redirect(url_for("disputes.dispute", public_id=public_id))


def told_of_question(found: Dispute, reader_id: int, *, is_decided: bool) -> dict[str, object]:
    """Everything about a dispute of a question: what was answered only to whoever has opened the item, and before it is decided only one's own."""
    shown, decision = queries.shown_question(found), queries.decision_of(found)
    reviews = [review for review in queries.reviews_of(found) if is_decided or review.reviewer_id == reader_id]
    claims, has_opened = queries.claims_of(found), is_acquainted(reader_id, shown.item.id, Acquaintance.OPENED)
    kind, document = ItemKind(shown.version.kind), shown.version.document
    votes = queries.votes_of(found, reviews)
    agreed = reviews[agreed_place(votes)].answer if outcome_of(votes) is Outcome.AMENDED else None
    return {
        "shown": shown,
        "has_opened": has_opened,
        "reviews": [(review, in_words(kind, document, shown.option_order, review.answer) if has_opened else ()) for review in reviews],
        "claims": claims,
        "names": person_names({*(claim.person_id for claim, _is_withdrawn in claims), *(review.reviewer_id for review in reviews)}),
        "outcome": Outcome(decision.outcome) if decision else None,
        "rulings": queries.rulings_after(found),
        "prefill": prefilled_key(kind, document, shown.option_order, agreed) if agreed and has_opened else {},
    }


def views_to_open(found: Dispute, *, now: datetime) -> list[tuple[queries.OwnClaim, str, datetime | None]]:
    """Who could be let look at the question of this dispute: the claim, the name, and until when it is open to them. Nothing of what they say."""
    claims = queries.open_claims_of(found)
    names = person_names(own.claim.person_id for own in claims)
    return [(own, names[own.claim.person_id], viewing_of(own.claim.attempt_id or 0, own.claim.position or 0, now=now).open_until) for own in claims]


def _response(shown: ShownQuestion) -> dict[str, Any]:
    """What was sent, in the shape in which exams keep answers; what cannot be read is told apart by the service."""
    version, order = shown.version, shown.option_order
    if version.case_version_id is None:
        return plain_response(ItemKind(version.kind), request.form, version.document, len(order))
    form = answer_form(taxonomy(), case=case_for_display(version.case_version_id))
    return form.as_json() if form.validate() else {}


def _media(shown: ShownQuestion, reader_id: int, *, now: datetime) -> Callable[[int], str]:
    audience = Audience(reader_id, f"dispute:{shown.dispute.public_id}")
    return lambda media_id: media_address(media_id, audience, now=now)
