"""An exam as it is being written: what it would be, as one types, and a trial sitting of it."""

from collections.abc import Mapping
from typing import Any, TypedDict

from flask import abort, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.rules.document_forms import fields_in, value_in
from training.authoring.rules.exam_fields import exam_parts, quotas
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.form_fields import said_rows
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft, seen_draft
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound
from training.exams.documents import Outline, outline_of
from training.exams.rules.power import Chance
from training.exams.rules.supply import CellSupply
from training.exams.services import Prospect, prospect_of
from training.web.access import current_actor, opens_to, writes

JUDGED_ACCURACY = 0.85
"""Of whom the meter's one sentence speaks: somebody who should not pass yet."""


class _Pieces(TypedDict):
    prospect: Prospect
    outline: Outline
    judged: Chance | None


def exam_pieces(found: Draft, value: Mapping[str, Any], *, is_thorough: bool) -> _Pieces:
    """What the page says of an exam whose text says this: what it would be, and the chances of somebody who should not pass yet."""
    outline = outline_of(found.slug, value)
    prospect = prospect_of(outline, allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"], is_thorough=is_thorough)
    judged = next((chance for chance in prospect.chances if chance.accuracy == JUDGED_ACCURACY), None)
    return _Pieces(prospect=prospect, outline=outline, judged=judged)


def supplies_in(prospect: Prospect, entered: Mapping[str, str]) -> dict[int, CellSupply | None]:
    """What the bank has for each row of the form that says something, by its number on the page."""
    return dict(zip(said_rows(entered, quotas(())), prospect.supplies, strict=False))


@blueprint.post("/drafts/<int:draft_id>/prospect")
@opens_to(*MAY_WRITE)
def prospect(draft_id: int) -> ResponseReturnValue:
    """What the exam would be as it is entered now; nothing is saved."""
    found, entered = seen_draft(draft_id), request.form.to_dict()
    value = value_in(Kind.EXAM, found.text) if found.kind == Kind.EXAM else None
    if value is None:
        abort(400)
    text, _ = with_entered(found.text, value, entered, fields_in(exam_parts(())))
    pieces = exam_pieces(found, value_in(Kind.EXAM, text) or value, is_thorough=False)
    shown = {number: render_template("authoring/supply.html", supply=supply) for number, supply in supplies_in(pieces["prospect"], entered).items()}
    return jsonify({"prospect": render_template("authoring/prospect.html", draft=found, **pieces), "supplies": shown})


@blueprint.post("/drafts/<int:draft_id>/trial")
@opens_to(*MAY_WRITE)
@writes
def try_out(draft_id: int) -> ResponseReturnValue:
    """Sit a form of the exam, which counts nowhere, and know its questions from then on."""
    found = held_draft(draft_id)
    if found.kind != Kind.EXAM:
        raise NotFound
    now = clock.now()
    trial = services.try_out(found, allow_public=current_app.config["ALLOW_PUBLIC_ITEMS"], by=current_actor(), now=now)
    goes_on, target = trial.begun_at < now, url_for("exams.trial_item", public_id=trial.public_id, position=1)
    db.session.commit()
    if goes_on:
        flash("You have a trial of this exam open, so you go on with it. End it to draw another form.", "info")
    return redirect(target)
