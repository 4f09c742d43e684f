"""Drafts that were begun at once, reviewed together a page at a time."""

from collections.abc import Callable, Sequence

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_by_id, counts_of, drafts_of_batch
from training.authoring.queries.drafts import contributors_of, draft_for_change
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

DRAFTS_A_PAGE = 25
LAST_PAGE = 10_000


@blueprint.get("/batches/<int:batch_id>")
@opens_to(*MAY_WRITE)
def batch(batch_id: int) -> str:
    """Some drafts of a batch: the text of those that I may see, and where each stands."""
    return _page(batch_id, _number())


def _number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def _page(batch_id: int, number: int, problem: str = "") -> str:
    found, me = batch_by_id(batch_id), principal().person_id
    drafts = drafts_of_batch(batch_id, skipped=(number - 1) * DRAFTS_A_PAGE, count=DRAFTS_A_PAGE + 1)
    shown = drafts[:DRAFTS_A_PAGE]
    return render_template(
        "authoring/batch.html",
        batch=found,
        counts=counts_of(batch_id),
        drafts=shown,
        seen={draft.id for draft in shown if services.may_see(draft, me)},
        is_mine=any(me in contributors_of(draft.id) for draft in shown),
        page=number,
        has_more=len(drafts) > DRAFTS_A_PAGE,
        problem=problem,
    )


def _held(batch_id: int, number: int) -> list[Draft]:
    """The drafts of a page, held until the deed is done. Raises NotFound where there are none."""
    drafts = drafts_of_batch(batch_by_id(batch_id).id, skipped=(number - 1) * DRAFTS_A_PAGE, count=DRAFTS_A_PAGE)
    if not drafts:
        raise NotFound
    return [draft_for_change(draft.id) for draft in drafts]


def _done(batch_id: int, deed: Callable[[Sequence[Draft]], int], words: str) -> ResponseReturnValue:
    """Do it with the drafts of a page, all or none, and come back to the page."""
    number = _number()
    try:
        count = deed(_held(batch_id, number))
    except Refusal as refusal:
        db.session.rollback()
        named = f"{refusal.detail['draft']}: " if "draft" in refusal.detail else ""
        return _page(batch_id, number, named + words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    flash(words.format(count=count), "good")
    return redirect(url_for("authoring.batch", batch_id=batch_id, page=number))


@blueprint.post("/batches/<int:batch_id>/open")
@opens_to(*MAY_WRITE)
@writes
def open_batch(batch_id: int) -> ResponseReturnValue:
    """Look at the drafts of this page, and never sit what they ask."""
    by, now = current_actor(), clock.now()
    return _done(batch_id, lambda drafts: services.open_all(drafts, by=by, now=now), "Opened: {count}.")


@blueprint.post("/batches/<int:batch_id>/submit")
@opens_to(*MAY_WRITE)
@writes
def submit_batch(batch_id: int) -> ResponseReturnValue:
    """Submit those of this page that are being written."""
    by, now = current_actor(), clock.now()
    return _done(batch_id, lambda drafts: services.submit_all(drafts, words="", by=by, now=now), "Submitted: {count}. They wait for your colleagues.")


@blueprint.post("/batches/<int:batch_id>/approve")
@opens_to(*MAY_WRITE)
@writes
def approve_batch(batch_id: int) -> ResponseReturnValue:
    """Approve those of this page that wait for my review."""
    by, now = current_actor(), clock.now()
    return _done(batch_id, lambda drafts: services.approve_all(drafts, by=by, now=now), "Approved: {count}.")


@blueprint.post("/batches/<int:batch_id>/publish")
@opens_to(*MAY_WRITE)
@writes
def publish_batch(batch_id: int) -> ResponseReturnValue:
    """Publish those of this page that are approved."""
    by, now, config = current_actor(), clock.now(), current_app.config
    terms = {"allow_public": config["ALLOW_PUBLIC_ITEMS"], "site_url": config["PUBLIC_URL"]}
    return _done(batch_id, lambda drafts: services.publish_all(drafts, **terms, by=by, now=now), "Published: {count}. They run from now on.")
