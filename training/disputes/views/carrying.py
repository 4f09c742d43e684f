"""Carrying out what was decided: what the reference becomes and who would change, then the deed."""

from typing import cast

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.cases.queries import taxonomy
from training.cases.rules import Action
from training.db import db
from training.disputes import queries, services
from training.disputes.forms import CarryingForm, carrying_form
from training.disputes.queries import Shown
from training.disputes.rules.amending import CarryingRefusal
from training.disputes.rules.reviews import Outcome
from training.disputes.services import AmendCase, Wording
from training.disputes.views.blueprint import MAY_REVIEW, blueprint
from training.errors import Refusal
from training.judgements.queries import reference_value
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import give_words, words_for

MOST_LISTED = 200

give_words(
    {
        CarryingRefusal.NOTHING_TO_CARRY: "Nothing is to be carried out here: the dispute is not decided, or the reference stands.",
        CarryingRefusal.CHANGED_SINCE: "What the expert says of this case has changed since it was disputed, so nothing is left to carry out.",
        CarryingRefusal.CLAIMED: "You dispute this case yourself, so somebody else carries out what was decided.",
        CarryingRefusal.LIST_CHANGED: "Somebody answered the case since you saw the list, so it has changed. Look at it again, then carry it out.",
    }
)


@blueprint.get("/<public_id>/carrying")
@opens_to(*MAY_REVIEW)
def carrying(public_id: str) -> ResponseReturnValue:
    """What the reference would become, and who would change."""
    found = queries.dispute_by_public_id(public_id)
    if queries.carrying_of(found) is not None:
        return redirect(url_for("disputes.dispute", public_id=public_id))
    shown, outcome = services.to_carry_out(found, by_id=principal().person_id)
    return _page(shown, outcome)


@blueprint.post("/<public_id>/carrying")
@opens_to(*MAY_REVIEW)
@writes
def carry_out(public_id: str) -> ResponseReturnValue:
    """Amend the reference, upon the list that was seen. A second click finds it done."""
    found = queries.dispute_by_public_id(public_id)
    if queries.carrying_of(found) is not None:
        return redirect(url_for("disputes.dispute", public_id=public_id))
    shown, outcome = services.to_carry_out(found, by_id=principal().person_id)
    form = _form(shown, outcome, seen="")
    if not form.validate_on_submit():
        return _page(shown, outcome, form), 400
    wording, amend = Wording(form.codes, form.words), cast(AmendCase, current_app.extensions["amend_case"])
    try:
        services.carry_out(found, wording, seen=form.seen.data or "", amend=amend, by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.rationale.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(*services.to_carry_out(queries.dispute_by_public_id(public_id), by_id=principal().person_id), form), 409
    db.session.commit()
    flash("The reference is amended. Answers are scored anew now; nobody needs to stay on this page.", "good")
    return redirect(url_for("disputes.dispute", public_id=public_id))


def _form(shown: Shown, outcome: Outcome, *, seen: str) -> CarryingForm:
    panel = queries.panel_of(shown.dispute)
    if panel is not None:
        return carrying_form(clauses=shown.reference.clauses, rationale=panel.reason, seen=seen)
    reasons = [review.reason for review in queries.reviews_of(shown.dispute) if not review.is_reference]
    rationale = reasons[0] if outcome is Outcome.AMENDED else "\n\n".join([shown.reference.rationale, *reasons])
    return carrying_form(clauses=shown.reference.clauses, rationale=rationale, seen=seen)


def _page(shown: Shown, outcome: Outcome, sent: CarryingForm | None = None) -> str:
    amended = services.next_reference(shown, outcome)
    found = services.foresee(shown, amended)
    form = sent or _form(shown, outcome, seen=found.digest)
    form.seen.data = found.digest
    return render_template(
        "disputes/carrying.html",
        shown=shown,
        outcome=outcome,
        before=reference_value(shown.reference.id),
        after=amended,
        dry_run=found,
        form=form,
        most_listed=MOST_LISTED,
        actions=list(Action),
        titles=taxonomy().titles,
    )
