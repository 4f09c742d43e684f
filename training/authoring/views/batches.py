"""Drafts that stand together, reviewed a page at a time: those that came in at once, and items that were changed alike."""

from collections.abc import Callable, Mapping, Sequence

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_names
from training.authoring import queries, services
from training.authoring.forms import BatchReviewForm
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_by_id, counts_of, drafts_of_batch
from training.authoring.queries.lists import has_written
from training.authoring.rules.line_changes import ChangedLine, line_changes
from training.authoring.rules.reviewing import Verdict
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

DRAFTS_A_PAGE = 25
LAST_PAGE = 10_000


def _lines(told: services.ToldDraft) -> tuple[tuple[ChangedLine, ...], ...]:
    """The lines that change of a document that runs, where its fields are not all and it is open."""
    return line_changes(told.draft.base_text, told.draft.text) if told.draft.base_text and told.has_more and told.is_open else ()


@blueprint.get("/batches/<int:batch_id>")
@opens_to(*MAY_WRITE)
def batch(batch_id: int) -> str:
    """Some drafts of a batch: what each changes, the text of new ones that I may see, and where each stands."""
    return _page(batch_id, BatchReviewForm(formdata=None))


def _number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)


def _page(batch_id: int, form: BatchReviewForm, *, problem: str = "", refusals: Mapping[str, Refusal] | None = None) -> str:
    found, me, number = batch_by_id(batch_id), principal().person_id, _number()
    drafts = drafts_of_batch(batch_id, skipped=(number - 1) * DRAFTS_A_PAGE, count=DRAFTS_A_PAGE + 1)
    told = [services.told_to(me, draft) for draft in drafts[:DRAFTS_A_PAGE]]
    revision = queries.revision_of(told[0].draft.id) if told and told[0].can_judge else None
    return render_template(
        "authoring/batch.html",
        batch=found,
        author=person_names([found.begun_by_id]).get(found.begun_by_id, "Somebody"),
        words=revision.words if revision else "",
        counts=counts_of(batch_id),
        told=told,
        lines={each.draft.id: _lines(each) for each in told},
        waiting=sum(services.waits_for(me, each) for each in told),
        is_mine=has_written(me, [each.draft.id for each in told]),
        page=number,
        has_more=len(drafts) > DRAFTS_A_PAGE,
        form=form,
        problem=problem,
        could_not=_grouped(refusals or {}),
    )


def _grouped(refusals: Mapping[str, Refusal]) -> dict[str, list[str]]:
    """Why it was not done, with the ids of those for which that holds."""
    grouped: dict[str, list[str]] = {}
    for slug, refusal in refusals.items():
        grouped.setdefault(words_for(refusal.reason, refusal.detail), []).append(slug)
    return grouped


def _held(batch_id: int) -> list[Draft]:
    """The drafts of a page, held until the deed is done. Raises NotFound where there are none."""
    drafts = drafts_of_batch(batch_by_id(batch_id).id, skipped=(_number() - 1) * DRAFTS_A_PAGE, count=DRAFTS_A_PAGE)
    if not drafts:
        raise NotFound
    return [queries.draft_for_change(draft.id) for draft in drafts]


Deed = Callable[[Sequence[Draft]], services.BatchOutcome]


def _done(batch_id: int, deed: Deed, words: str, form: BatchReviewForm | None = None) -> ResponseReturnValue:
    """Do it with the drafts of a page, all or none, and come back to the page."""
    form = form or BatchReviewForm(formdata=None)
    try:
        outcome = deed(_held(batch_id))
    except Refusal as refusal:
        db.session.rollback()
        return _page(batch_id, form, problem=words_for(refusal.reason, refusal.detail)), 409
    if outcome.refusals:
        db.session.rollback()
        return _page(batch_id, form, refusals=outcome.refusals), 409
    db.session.commit()
    flash(words.format(count=outcome.count), "good")
    return redirect(url_for("authoring.batch", batch_id=batch_id, page=_number()))


@blueprint.post("/batches/<int:batch_id>/open")
@opens_to(*MAY_WRITE)
@writes
def open_batch(batch_id: int) -> ResponseReturnValue:
    """Look at the drafts of this page that I cannot judge without, and never sit what they ask."""
    by, now = current_actor(), clock.now()
    return _done(batch_id, lambda drafts: services.open_all(drafts, by=by, now=now), "Opened: {count}.")


@blueprint.post("/batches/<int:batch_id>/submit")
@opens_to(*MAY_WRITE)
@writes
def submit_batch(batch_id: int) -> ResponseReturnValue:
    """Submit those of this page that are being written."""
    by, now = current_actor(), clock.now()
    return _done(batch_id, lambda drafts: services.submit_all(drafts, by=by, now=now), "Submitted: {count}. They wait for your colleagues.")


@blueprint.post("/batches/<int:batch_id>/review")
@opens_to(*MAY_WRITE)
@writes
def review_batch(batch_id: int) -> ResponseReturnValue:
    """Say the same of those of this page that wait; whoever does never sits what they ask."""
    form, by, now = BatchReviewForm(), current_actor(), clock.now()
    if not form.validate_on_submit() or form.verdict.data not in set(Verdict):
        abort(400)
    verdict, words = Verdict(form.verdict.data), form.words.data or ""
    return _done(batch_id, lambda drafts: services.review_all(drafts, verdict, words, by=by, now=now), "Your review of {count} is kept.", form)


@blueprint.post("/batches/<int:batch_id>/publish")
@opens_to(*MAY_WRITE)
@writes
def publish_batch(batch_id: int) -> ResponseReturnValue:
    """Publish those of this page that are approved."""
    by, now, config = current_actor(), clock.now(), current_app.config
    terms = {"allow_public": config["ALLOW_PUBLIC_ITEMS"], "site_url": config["PUBLIC_URL"]}
    return _done(batch_id, lambda drafts: services.publish_all(drafts, **terms, by=by, now=now), "Published {count}: they run from now on.")
