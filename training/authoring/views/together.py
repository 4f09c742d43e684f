"""Items that were changed together, reviewed and published together: what changed of each, and not a word of what they ask."""

from dataclasses import dataclass

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.authoring import queries, services
from training.authoring.forms import TogetherForm
from training.authoring.models import Draft
from training.authoring.rules.bulk import told_changes
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.states import DraftState
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for


@dataclass(frozen=True, slots=True)
class ToldDraft:
    """A draft with what changes of its state, tags and difficulty, and whether more does."""

    draft: Draft
    changes: list[tuple[str, str, str]]
    has_more: bool


@blueprint.get("/together/<batch>")
@opens_to(*MAY_WRITE)
def together(batch: str) -> str:
    """What was changed together, and where each stands."""
    return _page(batch, TogetherForm(formdata=None))


def _page(batch: str, form: TogetherForm, problem: str = "") -> str:
    drafts, me = queries.drafts_together(batch), principal().person_id
    revision = queries.revision_of(drafts[0].id)
    return render_template(
        "authoring/together.html",
        batch=batch,
        form=form,
        problem=problem,
        told=[ToldDraft(draft, *told_changes(draft.base_text or "", draft.text)) for draft in drafts],
        author=person_names([drafts[0].author_id]).get(drafts[0].author_id, "Somebody"),
        words=revision.words if revision else "",
        waiting=sum(draft.state == DraftState.IN_REVIEW for draft in drafts),
        approved=sum(draft.state == DraftState.APPROVED for draft in drafts),
        is_own=any(me == draft.author_id or me in queries.contributors_of(draft.id) for draft in drafts),
    )


@blueprint.post("/together/<batch>/review")
@opens_to(*MAY_WRITE)
@writes
def review_together(batch: str) -> ResponseReturnValue:
    """Say the same of all that waits; whoever does never sits these items."""
    drafts, form = queries.drafts_together(batch, is_held=True), TogetherForm()
    if not form.validate_on_submit() or form.verdict.data not in set(Verdict):
        abort(400)
    try:
        count = services.review_together(drafts, Verdict(form.verdict.data), form.words.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(batch, form, words_for(refusal.reason, refusal.detail)), 409
    return _done(batch, f"Your review of {count} is kept.")


@blueprint.post("/together/<batch>/publish")
@opens_to(*MAY_WRITE)
@writes
def publish_together(batch: str) -> ResponseReturnValue:
    """Make all that is approved what runs."""
    drafts, config = queries.drafts_together(batch, is_held=True), current_app.config
    try:
        count = services.publish_together(drafts, allow_public=config["ALLOW_PUBLIC_ITEMS"], site_url=config["PUBLIC_URL"], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(batch, TogetherForm(formdata=None), words_for(refusal.reason, refusal.detail)), 409
    return _done(batch, f"Published {count}: they run so from now on.")


def _done(batch: str, words: str) -> ResponseReturnValue:
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("authoring.together", batch=batch))
