"""A case as a form: the other view of the same text."""

from collections.abc import Mapping

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.rules.case_entries import with_entered
from training.authoring.rules.case_fields import ABOUT_FIELDS, CONTENT_FIELDS, REFERENCE_FIELDS, entered_of, field_at, fields_of, value_in
from training.authoring.rules.states import WRITTEN_STATES, DraftState
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft, seen_draft
from training.cases.rules import Surface
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound
from training.web.access import current_actor, opens_to, writes

SAVED_MEANWHILE = "Not saved: somebody saved this draft meanwhile. Open it anew in another tab, and enter there what is missing."
UNREADABLE_PARTS = "Not saved: some parts cannot be read. Mend them below."


@blueprint.get("/drafts/<int:draft_id>/form")
@opens_to(*MAY_WRITE)
def case_form(draft_id: int) -> ResponseReturnValue:
    """A draft of a case as a form; where its text cannot be read as fields, the text."""
    found = seen_draft(draft_id)
    value = value_in(found.text) if found.kind == Kind.CASE else None
    if DraftState(found.state) not in WRITTEN_STATES or found.kind != Kind.CASE:
        raise NotFound
    if value is None:
        flash("The text cannot be read as fields. Mend what is wrong with it first.", "warn")
        return redirect(url_for("authoring.draft", draft_id=draft_id))
    return _form_page(found, {field.key: entered_of(value, field) for field in fields_of(Surface(value["surface"]))}, Surface(value["surface"]))


def _form_page(found: Draft, entered: Mapping[str, str], surface: Surface, *, faults: Mapping[str, str] | None = None, problem: str = "") -> str:
    return render_template(
        "authoring/case_form.html",
        draft=found,
        surface=surface,
        parts=(("About the case", ABOUT_FIELDS), ("What it shows", CONTENT_FIELDS[surface]), ("What the expert says", REFERENCE_FIELDS)),
        entered=entered,
        wrong=faults or {},
        problem=problem,
        to_mend=() if problem else [(field_at(fault.field, surface), fault) for fault in services.check_draft(found).faults],
    )


@blueprint.post("/drafts/<int:draft_id>/form")
@opens_to(*MAY_WRITE)
@writes
def save_case_form(draft_id: int) -> ResponseReturnValue:
    """Write what was entered into the text."""
    found, entered = held_draft(draft_id), request.form.to_dict()
    value = value_in(found.text) if found.kind == Kind.CASE else None
    if value is None:
        abort(400)
    text, faults = with_entered(found.text, value, entered)
    is_stale = entered.get("version") != str(found.version) and text != found.text
    if faults or is_stale:
        return _form_page(found, entered, Surface(value["surface"]), faults=faults, problem=UNREADABLE_PARTS if faults else SAVED_MEANWHILE), 409
    services.write_whole(found, text, by=current_actor(), now=clock.now())
    db.session.commit()
    flash("Saved. What is still to mend stands at the top.", "good")
    return redirect(url_for("authoring.case_form", draft_id=draft_id))
