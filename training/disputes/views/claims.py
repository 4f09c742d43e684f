"""Disagreeing with what the expert said of a case one answered, and taking that back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.disputes import queries, services
from training.disputes.forms import ClaimForm
from training.disputes.views.blueprint import blueprint
from training.errors import NotFound
from training.practice.models import Serving
from training.practice.queries import serving_of
from training.web.access import current_actor, opens_to_signed_in, principal, writes


@blueprint.get("/answers/<int:serving_id>")
@opens_to_signed_in
def claim(serving_id: int) -> ResponseReturnValue:
    """The form to disagree about an answer of mine; what I said before, where I did."""
    found = serving_of(principal().person_id, serving_id)
    claim_id = queries.footing_of(found).claim_id
    if claim_id is not None:
        return redirect(url_for("disputes.dispute", public_id=queries.own_claim(claim_id).dispute.public_id))
    return _page(found, ClaimForm())


@blueprint.post("/answers/<int:serving_id>")
@opens_to_signed_in
@writes
def make_claim(serving_id: int) -> ResponseReturnValue:
    """Say that the expert is wrong. A second click finds the first."""
    found, form = serving_of(principal().person_id, serving_id), ClaimForm()
    if not form.validate_on_submit():
        return _page(found, form), 400
    made = services.make_claim(found, reason=form.reason.data or "", by=current_actor(), now=clock.now())
    address = url_for("disputes.dispute", public_id=queries.own_claim(made.id).dispute.public_id)
    db.session.commit()
    flash("It is kept. Two trainers now decide the case anew, without knowing what the expert said; you are told by mail.", "good")
    return redirect(address)


@blueprint.post("/<public_id>/withdrawal")
@opens_to_signed_in
@writes
def withdraw(public_id: str) -> ResponseReturnValue:
    """Take my claim back."""
    found = queries.dispute_by_public_id(public_id)
    mine = queries.claim_by(found, principal().person_id)
    if mine is None:
        raise NotFound(public_id)
    services.withdraw_claim(mine, found, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("You have taken it back.", "good")
    return redirect(url_for("disputes.dispute", public_id=public_id))


def _page(found: Serving, form: ClaimForm) -> str:
    return render_template("disputes/claim.html", serving=found, form=form)
