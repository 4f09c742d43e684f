"""A case made of the audit of a live decision."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring.forms.beginning import AuditedCaseForm, audited_case_form
from training.authoring.services.auditing import AuditInHand, audit_in_hand, begin_from_audit
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.cases.queries import taxonomy
from training.cases.rules import Surface
from training.db import db
from training.errors import Refusal
from training.quality.queries.audits import cases_made_of
from training.web.access import current_actor, opens_to, writes
from training.web.wording import words_for


@blueprint.get("/audits/<int:audit_id>/case")
@opens_to(*MAY_WRITE)
def audited_case(audit_id: int) -> str:
    """What the case would begin with, and what it would not hold."""
    found = audit_in_hand(audit_id)
    return _page(found, audited_case_form(found.surfaces))


def _page(found: AuditInHand, form: AuditedCaseForm) -> str:
    made = cases_made_of([found.audit.id]).get(found.audit.id, [])
    return render_template("authoring/audited_case.html", found=found, form=form, made=made, titles=taxonomy().titles)


@blueprint.post("/audits/<int:audit_id>/case")
@opens_to(*MAY_WRITE)
@writes
def begin_audited_case(audit_id: int) -> ResponseReturnValue:
    """Begin it."""
    found = audit_in_hand(audit_id)
    form = audited_case_form(found.surfaces)
    if not form.validate_on_submit():
        return _page(found, form), 400
    try:
        draft = begin_from_audit(found, form.slug.data or "", Surface(form.surface.data), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        form.slug.errors = [words_for(refusal.reason, refusal.detail)]
        return _page(found, form), 409
    target = url_for("authoring.document_form", draft_id=draft.id)
    db.session.commit()
    return redirect(target)
