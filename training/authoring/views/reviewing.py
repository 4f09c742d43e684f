"""Submit, take back, review, publish."""

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import queries, services
from training.authoring.forms import ReviewForm, VersionForm, WordsForm, marks_in
from training.authoring.models import Draft
from training.authoring.queries.batches import batch_of
from training.authoring.rules.documents import contrast_of
from training.authoring.rules.line_changes import line_changes
from training.authoring.rules.reviewing import ReviewSaid, Verdict, approvals_needed, severities_of
from training.authoring.rules.states import WRITTEN_STATES, DraftState
from training.authoring.services.labelling import labels_beside
from training.authoring.services.saving import is_stale
from training.authoring.services.translating import left_behind
from training.authoring.views.blueprint import MAY_WRITE, back_to, blueprint, held_draft, seen_draft
from training.authoring.views.writing import draft_page
from training.courses.rules.versions import Step
from training.db import db
from training.errors import NotFound, Refusal
from training.policy_changes.services.telling import lines_of
from training.web.access import current_actor, opens_to, writes
from training.web.wording import words_for


@blueprint.get("/drafts/<int:draft_id>/submission")
@opens_to(*MAY_WRITE)
def submission(draft_id: int) -> ResponseReturnValue:
    """What a draft changes, what still stands in its way, and of a module how far its version goes."""
    found = seen_draft(draft_id)
    if DraftState(found.state) not in WRITTEN_STATES:
        return redirect(url_for("authoring.draft", draft_id=draft_id))
    return _submission(found, WordsForm())


def _submission(found: Draft, form: WordsForm, problem: str = "") -> str:
    checked = services.check_draft(found, is_thorough=True)
    stepping, plan = services.stepping_of(found, checked), services.plan_of(found, checked)
    document = checked.source.document if checked.source else None
    return render_template(
        "authoring/submission.html",
        contrast=contrast_of(found.text),
        draft=found,
        form=form,
        problem=problem,
        checked=checked,
        is_stale=is_stale(found),
        changes=line_changes(found.base_text or "", found.text),
        stepping=stepping,
        version_form=_version_form(stepping) if stepping else None,
        plan=plan,
        batch=batch_of(found.id),
        left_behind=left_behind(found, checked),
        labels=labels_beside(found, now=clock.now()),
        asked=list(lines_of(plan.changes, rekeyed=(), now=clock.now())) if plan else [],
        needed=approvals_needed(severities_of(document, checked.folder)) if document else 1,
    )


def _version_form(stepping: services.Stepping) -> VersionForm:
    """How far the version goes, as the text says so far."""
    if stepping.is_translation:
        return VersionForm(formdata=None, step=Step.PATCH).of_translation()
    return VersionForm(formdata=None, step=stepping.step, due_days=stepping.due_days)


@blueprint.post("/drafts/<int:draft_id>/version")
@opens_to(*MAY_WRITE)
@writes
def say_version(draft_id: int) -> ResponseReturnValue:
    """Write into a module's text how far its version goes."""
    found, form = held_draft(draft_id), VersionForm()
    stepping = services.stepping_of(found, services.check_draft(found))
    if stepping is None:
        raise NotFound
    if stepping.is_translation:
        form = form.of_translation()
    if not form.validate_on_submit():
        abort(400)
    due_days = form.due_days.data if not stepping.is_translation else None
    said = stepping.by(Step(form.step.data), marks_in(tuple(request.form.items())), due_days=due_days)
    services.say_version(found, said, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.submission", draft_id=draft_id))


@blueprint.post("/drafts/<int:draft_id>/submit")
@opens_to(*MAY_WRITE)
@writes
def submit(draft_id: int) -> ResponseReturnValue:
    """Let colleagues review it."""
    found, form = held_draft(draft_id), WordsForm()
    if not form.validate_on_submit():
        return _submission(found, form), 400
    try:
        services.submit(found, words=form.words.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _submission(queries.draft_by_id(draft_id), form, words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    return back_to(found, "Submitted. It waits for your colleagues at the desk.")


@blueprint.post("/drafts/<int:draft_id>/take-back")
@opens_to(*MAY_WRITE)
@writes
def take_back(draft_id: int) -> ResponseReturnValue:
    """Write on at what was submitted or approved."""
    found = held_draft(draft_id)
    services.take_back(found, by=current_actor(), now=clock.now())
    db.session.commit()
    return back_to(found, "Taken back. Submit it again when it is ready.", "info")


@blueprint.post("/drafts/<int:draft_id>/review")
@opens_to(*MAY_WRITE)
@writes
def review(draft_id: int) -> ResponseReturnValue:
    """Say what I think of the revision that waits."""
    found, form = held_draft(draft_id), ReviewForm()
    if not form.validate_on_submit() or form.verdict.data not in set(Verdict):
        abort(400)
    try:
        services.review(found, ReviewSaid(form.number.data or 0, Verdict(form.verdict.data), form.words.data or ""), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return draft_page(queries.draft_by_id(draft_id), review_form=form, problem=words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    if form.verdict.data == Verdict.CHANGES_ASKED:
        return back_to(found, "Sent back to its author, with your words.")
    return back_to(found, "Approved." if found.state == DraftState.APPROVED else "Approved by you. It needs one more colleague.")


@blueprint.post("/drafts/<int:draft_id>/publish")
@opens_to(*MAY_WRITE)
@writes
def publish(draft_id: int) -> ResponseReturnValue:
    """Make it what runs."""
    found, config = held_draft(draft_id), current_app.config
    try:
        services.publish(found, allow_public=config["ALLOW_PUBLIC_ITEMS"], site_url=config["PUBLIC_URL"], by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return draft_page(queries.draft_by_id(draft_id), problem=words_for(refusal.reason, refusal.detail)), 409
    db.session.commit()
    return back_to(found, "Published: it is what runs from now on.")
