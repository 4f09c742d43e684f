"""The shifts there are, for administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts import queries, services
from training.accounts.forms import ShiftForm
from training.accounts.rules import Role
from training.accounts.views.blueprint import blueprint
from training.accounts.views.hours import hours_in_words
from training.config import organisation_zone
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.navigation import Group, Place, add_place
from training.web.wording import words_for

add_place(Place("accounts.shifts", "Shifts", Group.ORGANISATION, position=62, roles=frozenset({"admin"})))


@blueprint.get("/shifts")
@opens_to(Role.ADMIN)
def shifts() -> str:
    """Every shift and its hours."""
    return _list(ShiftForm(formdata=None, zone=organisation_zone().key))


@blueprint.post("/shifts")
@opens_to(Role.ADMIN)
@writes
def create_shift() -> ResponseReturnValue:
    """A new shift."""
    form = ShiftForm()
    if not form.validate():
        return _list(form), 400
    try:
        services.create_shift(form.name.data or "", form.hours(), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.name.errors = [words_for(refusal.reason, refusal.detail)]
        return _list(form), 409
    db.session.commit()
    flash("The shift is there. Give it people on their pages.", "good")
    return redirect(url_for("accounts.shifts"))


@blueprint.get("/shifts/<int:shift_id>")
@opens_to(Role.ADMIN)
def shift(shift_id: int) -> str:
    """One shift, to change its hours."""
    found, form = queries.shift(shift_id), ShiftForm(formdata=None)
    form.show(found.name, queries.latest_hours()[found.id].hours)
    return render_template("accounts/shift.html", shift=found, form=form)


@blueprint.post("/shifts/<int:shift_id>")
@opens_to(Role.ADMIN)
@writes
def change_shift(shift_id: int) -> ResponseReturnValue:
    """From now on the shift has these hours."""
    found, form = queries.shift(shift_id), ShiftForm()
    form.name.data = found.name
    if not form.validate():
        return render_template("accounts/shift.html", shift=found, form=form), 400
    try:
        is_new = services.change_hours(found, form.hours(), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        form.ends.errors = [words_for(refusal.reason)]
        return render_template("accounts/shift.html", shift=found, form=form), 409
    db.session.commit()
    flash("The hours hold from now on." if is_new else "Nothing was changed, so nothing was recorded.", "good" if is_new else "info")
    return redirect(url_for("accounts.shifts"))


def _list(form: ShiftForm) -> str:
    hours = {shift_id: version.hours for shift_id, version in queries.latest_hours().items()}
    return render_template("accounts/shifts.html", names=queries.shift_names(), hours=hours, hours_in_words=hours_in_words, form=form)
