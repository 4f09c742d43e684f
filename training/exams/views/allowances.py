"""One more attempt than the retake rule gives: allowed by a trainer, with a reason."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.accounts.queries import person_by_email
from training.db import db
from training.errors import Refusal
from training.exams import queries, services
from training.exams.forms import AllowForm
from training.exams.rules.reasons import AllowanceRefusal
from training.exams.views.blueprint import blueprint
from training.exams.views.desk import DESK_ROLES, DeskSection, add_desk_section
from training.web.access import current_actor, opens_to, principal, writes
from training.web.addresses import id_in_query
from training.web.forms import choices_of
from training.web.wording import words_for

PAGE_SIZE = 50

add_desk_section(DeskSection("One more attempt", "exams.allowances", "Let somebody start again whose attempts of the period are used up."))


@blueprint.get("/exams/desk/allowances")
@opens_to(*DESK_ROLES)
def allowances() -> str:
    """What was allowed, and the form that allows."""
    return _page(_form())


@blueprint.post("/exams/desk/allowances")
@opens_to("trainer")
@writes
def allow() -> ResponseReturnValue:
    """Allow one more attempt."""
    form = _form()
    if not form.validate_on_submit():
        return _page(form), 400
    person = person_by_email(form.email.data or "")
    try:
        if person is None:
            raise Refusal(AllowanceRefusal.PERSON_UNKNOWN)
        services.allow_again(person.id, queries.exam_by_slug(form.exam.data), reason=form.reason.data or "", by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.email.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(form), 409
    message = f"{person.name} can make one more attempt. The pause after the last one stays."
    db.session.commit()
    flash(message, "good")
    return redirect(url_for("exams.allowances"))


def _form() -> AllowForm:
    form = AllowForm()
    form.exam.choices = choices_of((exam.slug, exam.document.title) for exam in queries.exams() if exam.document.gating)
    return form


def _page(form: AllowForm) -> str:
    before = id_in_query("before")
    found = queries.allowed_attempts(before_id=before, size=PAGE_SIZE)
    more = url_for("exams.allowances", before=found[-1].allowance.id) if len(found) == PAGE_SIZE else None
    return render_template("exams/desk/allowances.html", form=form, allowed=found, more=more, may_allow="trainer" in principal().roles)
