"""Dated exceptions: which act, grant one, end one."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_by_email
from training.db import db
from training.errors import Refusal
from training.queues import queries, services
from training.queues.documents import QueueDocument
from training.queues.forms import OverrideForm
from training.queues.services import MAY_EXCEPT, Grant
from training.queues.views.blueprint import MAY_SEE_TEAMS, blueprint
from training.web.access import current_actor, opens_to, writes
from training.web.forms import choices_of
from training.web.wording import words_for


def _form() -> OverrideForm:
    form = OverrideForm(formdata=request.form if request.method == "POST" else None, data=request.args.to_dict() or None)
    form.queue.choices = choices_of((queue.slug, _choice(queue.document)) for queue in queries.queues(now=clock.now()))
    return form


def _choice(document: QueueDocument) -> str:
    return f"{document.title} (two people)" if document.takes_two else document.title


def _page(form: OverrideForm) -> str:
    now = clock.now()
    titles = {queue.id: queue.document.title for queue in queries.queues(now=now)}
    waiting = queries.waiting_proposals(now=now)
    return render_template("queues/overrides.html", form=form, exceptions=queries.current_overrides(now=now), waiting=waiting, titles=titles)


@blueprint.get("/queues/overrides")
@opens_to(*MAY_SEE_TEAMS)
def overrides() -> str:
    """Every exception that acts now or will."""
    return _page(_form())


@blueprint.post("/queues/overrides")
@opens_to(*MAY_EXCEPT)
@writes
def grant_override() -> ResponseReturnValue:
    """Grant an exception."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 400
    holder = person_by_email(form.email.data or "")
    if holder is None:
        form.email.errors = ["Nobody here has this address. Check it against the people list."]
        return _page(form), 400
    try:
        words = _make(holder.id, form, clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.until.errors = [words_for(refusal.reason)]
        return _page(form), 409
    db.session.commit()
    flash(words, "good")
    return redirect(url_for("queues.overrides"))


def _make(person_id: int, form: OverrideForm, now: datetime) -> str:
    """Grant the exception, or propose it where it takes two; says which."""
    queue = queries.queue_by_slug(form.queue.data, now=now)
    if queue.document.takes_two:
        services.propose_override(person_id, queue, _grant(form), by=current_actor(), now=now)
        return "The exception is proposed. It acts once another lead or an administrator confirms it on this page, within 24 hours."
    services.grant_override(person_id, queue, _grant(form), by=current_actor(), now=now)
    return "The exception is granted; the gate knows it from now on."


def _grant(form: OverrideForm) -> Grant:
    until = form.until.instant
    assert until is not None, "the form demands an end"
    return Grant(form.effect.data == "allow", form.reason.data or "", form.since.instant or clock.now(), until)


@blueprint.post("/queues/overrides/<int:override_id>/end")
@opens_to(*MAY_EXCEPT)
@writes
def end_override(override_id: int) -> ResponseReturnValue:
    """End an exception before its time."""
    services.revoke_override(override_id, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The exception has ended.", "good")
    return redirect(url_for("queues.overrides"))


@blueprint.post("/queues/overrides/proposals/<int:proposal_id>/confirm")
@opens_to(*MAY_EXCEPT)
@writes
def confirm_override(proposal_id: int) -> ResponseReturnValue:
    """As the second person let a proposed exception act."""
    services.confirm_override(proposal_id, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The exception is confirmed; the gate knows it from now on.", "good")
    return redirect(url_for("queues.overrides"))


@blueprint.post("/queues/overrides/proposals/<int:proposal_id>/withdraw")
@opens_to(*MAY_EXCEPT)
@writes
def withdraw_proposal(proposal_id: int) -> ResponseReturnValue:
    """Let a proposed exception never act."""
    services.withdraw_proposal(proposal_id, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The proposal is withdrawn. Nothing came of it.", "good")
    return redirect(url_for("queues.overrides"))
