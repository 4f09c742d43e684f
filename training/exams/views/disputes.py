"""Disputing a question of one's own attempt, and looking at it under supervision: without the key, and never another's."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import ClaimForm, DisputeForm
from training.exams.models import Attempt, ItemDispute
from training.exams.rules.disputes import DisputeState, may_raise_until
from training.exams.views.blueprint import blueprint
from training.exams.views.screens import picture_addresses, screen
from training.web.access import current_actor, opens_to_signed_in, principal, writes
from training.web.wording import words_for


@blueprint.get("/exams/attempts/<public_id>/disputes")
@opens_to_signed_in
def disputes(public_id: str) -> ResponseReturnValue:
    """What I have disputed about an attempt, and the form for another question."""
    attempt = queries.attempt_of(principal().person_id, public_id)
    if attempt.is_open_at(clock.now()):
        return redirect(url_for("exams.item", public_id=public_id, position=1))
    return _attempt_page(attempt, DisputeForm())


@blueprint.post("/exams/attempts/<public_id>/disputes")
@opens_to_signed_in
@writes
def dispute(public_id: str) -> ResponseReturnValue:
    """Dispute a question."""
    attempt, form = queries.attempt_to_write(principal().person_id, public_id), DisputeForm()
    if not form.validate_on_submit():
        return _attempt_page(attempt, form), 400
    try:
        services.raise_dispute(attempt, form.position.data or 0, doubt=form.doubt.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.position.errors = [words_for(refusal.reason, refusal.detail)]
        return _attempt_page(queries.attempt_of(principal().person_id, public_id), form), 409
    db.session.commit()
    flash("A trainer reads it, and opens the question to you for a while.", "good")
    return redirect(url_for("exams.disputes", public_id=public_id))


@blueprint.get("/exams/disputes/<public_id>")
@opens_to_signed_in
def disputed(public_id: str) -> str:
    """One dispute of mine."""
    return _page(queries.dispute_of(principal().person_id, public_id), ClaimForm())


@blueprint.post("/exams/disputes/<public_id>/view")
@opens_to_signed_in
@writes
def see_disputed(public_id: str) -> ResponseReturnValue:
    """Look at the question while it is open to me."""
    found = queries.dispute_of(principal().person_id, public_id)
    services.see_question(found, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("exams.disputed", public_id=public_id))


@blueprint.post("/exams/disputes/<public_id>/claim")
@opens_to_signed_in
@writes
def claim_disputed(public_id: str) -> ResponseReturnValue:
    """Say what is wrong with it."""
    found, form = queries.dispute_of(principal().person_id, public_id), ClaimForm()
    if not form.validate_on_submit():
        return _page(found, form), 400
    services.make_claim(found, words=form.words.data or "", by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Your claim is kept. A trainer decides, and you are told by mail.", "good")
    return redirect(url_for("exams.disputed", public_id=public_id))


def _attempt_page(attempt: Attempt, form: DisputeForm) -> str:
    now = clock.now()
    ends_at = may_raise_until(attempt.finished_at or now)
    return render_template(
        "exams/disputes.html",
        attempt=attempt,
        form=form,
        entries=queries.disputes_of_attempt(attempt.id, now=now),
        ends_at=ends_at,
        may_raise=now <= ends_at,
    )


def _page(found: ItemDispute, form: ClaimForm) -> str:
    """The dispute; with the question and one's own answer only while a trainer keeps it open and it was asked for."""
    now = clock.now()
    entry = queries.entry_of(found, now=now)
    is_shown = entry.standing.open_until is not None and entry.standing.is_seen
    return render_template(
        "exams/dispute.html",
        entry=entry,
        form=form,
        may_claim=entry.standing.is_seen and entry.standing.state in {DisputeState.OPEN, DisputeState.RAISED},
        screen=screen(queries.sitting_of(principal().person_id, entry.attempt.public_id), found.position) if is_shown else None,
        media_url=picture_addresses(entry.attempt, now=now),
    )
