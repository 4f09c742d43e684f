"""The near-miss of a case: begun from it, or found among the cases that there are."""

from collections.abc import Callable

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import queries
from training.authoring.forms import NearMissForm
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_of
from training.authoring.rules.contrasting import ContrastDemand
from training.authoring.rules.states import WRITTEN_STATES, DraftState
from training.authoring.services.contrasting import begin_near_miss, candidates_for, choose_near_miss, partner_of, value_of
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft, seen_draft
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

DEMANDS = {
    ContrastDemand.NAMED_BACK: ("It names this case as its near-miss", "It does not name this case as its near-miss"),
    ContrastDemand.SAME_POOL: ("Both are in the same pool", "They are in different pools"),
    ContrastDemand.SAME_FAMILY: ("Both are of one family", "They are of different families"),
    ContrastDemand.OPPOSITE: ("They are decided the opposite way", "They are decided the same way"),
}
"""What is said of two cases where a demand is met, and where it is not."""
LONGEST_SOUGHT = 200


@blueprint.get("/drafts/<int:draft_id>/near-miss")
@opens_to(*MAY_WRITE)
def near_miss(draft_id: int) -> str:
    """The near-miss that a case names, how the two stand to one another, and where another can come from."""
    return _page(seen_draft(draft_id), NearMissForm(formdata=None))


def _page(found: Draft, form: NearMissForm, problem: str = "") -> str:
    if found.kind != Kind.CASE:
        raise NotFound
    value, me, sought = value_of(found), principal().person_id, request.args.get("q", "")[:LONGEST_SOUGHT]
    if not form.slug.data:
        form.slug.data = f"{found.slug[:57]}-b"
    return render_template(
        "authoring/near_miss.html",
        draft=found,
        is_written=DraftState(found.state) in WRITTEN_STATES,
        is_readable=value is not None,
        partner=partner_of(value, me) if value is not None else None,
        candidates=candidates_for(value, sought, me) if value is not None else [],
        batch=batch_of(found.id),
        sought=sought,
        form=form,
        problem=problem,
        DEMANDS=DEMANDS,
    )


@blueprint.get("/drafts/<int:draft_id>/near-miss/candidates")
@opens_to(*MAY_WRITE)
def near_miss_candidates(draft_id: int) -> ResponseReturnValue:
    """Cases that could be the near-miss, for the field in which one types its id."""
    value = value_of(seen_draft(draft_id))
    if value is None:
        raise NotFound
    found = candidates_for(value, request.args.get("q", "")[:LONGEST_SOUGHT], principal().person_id)
    return jsonify([{"id": each.slug, "said": f"{each.title} ({each.percent} % alike)"} for each in found])


@blueprint.post("/drafts/<int:draft_id>/near-miss")
@opens_to(*MAY_WRITE)
@writes
def begin_contrast(draft_id: int) -> ResponseReturnValue:
    """Begin the near-miss: a new case that shows the same."""
    found, form = held_draft(draft_id), NearMissForm()
    if not form.validate_on_submit():
        return _page(found, form), 400
    slug = form.slug.data or ""
    return _paired(draft_id, form, lambda: begin_near_miss(found, slug, by=current_actor(), now=clock.now()))


@blueprint.post("/drafts/<int:draft_id>/near-miss/<slug>")
@opens_to(*MAY_WRITE)
@writes
def choose_contrast(draft_id: int, slug: str) -> ResponseReturnValue:
    """Take a case that there is as the near-miss."""
    found = held_draft(draft_id)
    return _paired(draft_id, NearMissForm(formdata=None), lambda: choose_near_miss(found, slug, by=current_actor(), now=clock.now()))


def _paired(draft_id: int, form: NearMissForm, deed: Callable[[], Draft]) -> ResponseReturnValue:
    """Do it, and lead to the other case's form; where it is refused, the page says why."""
    try:
        other_id = deed().id
    except Refusal as refusal:
        db.session.rollback()
        return _page(queries.draft_by_id(draft_id), form, words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    return redirect(url_for("authoring.near_miss", draft_id=other_id))
