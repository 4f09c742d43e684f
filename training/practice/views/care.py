"""How practice takes care of a person: what they chose, what it keeps, and what is theirs alone to see."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.db import db
from training.practice import queries, services
from training.practice.forms import CareForm, care_form
from training.practice.rules import usual_preference
from training.practice.views.blueprint import blueprint
from training.web.access import opens_to_signed_in, principal, writes


@blueprint.get("/care")
@opens_to_signed_in
def care() -> ResponseReturnValue:
    """How cases are shown to me, and what else is done so that this work does me no harm."""
    return _care_page(_form())


@blueprint.post("/care")
@opens_to_signed_in
@writes
def choose_preferences() -> ResponseReturnValue:
    """Show me cases like this from now on."""
    form = _form()
    if not form.validate():
        return _care_page(form), 400
    services.choose_preferences(principal().person_id, form.choices, now=clock.now())
    db.session.commit()
    flash("Cases are shown as you chose from now on.", "good")
    return redirect(url_for("practice.care"))


def _form() -> CareForm:
    return care_form(usual_preference(current_app.config["CARE_DEFAULTS"]), queries.choices_of(principal().person_id))


def _care_page(form: CareForm) -> str:
    return render_template("practice/care.html", form=form)
