"""Dated exceptions: which act, grant one, end one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_by_email, person_names
from training.db import db
from training.errors import Refusal
from training.queues import queries, services
from training.queues.forms import OverrideForm
from training.queues.services import Grant
from training.queues.views.blueprint import MAY_EXCEPT, MAY_SEE_TEAMS, blueprint
from training.web.access import current_actor, opens_to, writes
from training.web.forms import choices_of, instant_entered
from training.web.wording import words_for


def _form() -> OverrideForm:
    form = OverrideForm(formdata=request.form if request.method == "POST" else None, data=request.args.to_dict() or None)
    form.queue.choices = choices_of((queue.slug, queue.document.title) for queue in queries.queues(now=clock.now()))
    return form


def _page(form: OverrideForm) -> str:
    found = queries.current_overrides(now=clock.now())
    names = person_names({override.granted_by_id for override, _, _ in found})
    titles = {queue.id: queue.document.title for queue in queries.queues(now=clock.now())}
    return render_template("queues/overrides.html", form=form, overrides=found, names=names, titles=titles, now=clock.now())


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
        now = clock.now()
        services.grant_override(holder.id, queries.queue_by_slug(form.queue.data, now=now), _grant(form), by=current_actor(), now=now)
    except Refusal as refusal:
        db.session.rollback()
        form.until.errors = [words_for(refusal.reason)]
        return _page(form), 409
    db.session.commit()
    flash("The exception is granted; the gate knows it from now on.", "good")
    return redirect(url_for("queues.overrides"))


def _grant(form: OverrideForm) -> Grant:
    until = instant_entered(form.until.data)
    assert until is not None, "the form demands an end"
    return Grant(form.effect.data == "allow", form.reason.data or "", instant_entered(form.since.data) or clock.now(), until)


@blueprint.post("/queues/overrides/<int:override_id>/end")
@opens_to(*MAY_EXCEPT)
@writes
def end_override(override_id: int) -> ResponseReturnValue:
    """End an exception before its time."""
    services.revoke_override(queries.queue_override(override_id), by=current_actor(), now=clock.now())
    db.session.commit()
    flash("The exception has ended.", "good")
    return redirect(url_for("queues.overrides"))
