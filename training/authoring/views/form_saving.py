"""What the script of a draft's form sends while it is filled in."""

from dataclasses import replace

from flask import abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring.forms import TextForm
from training.authoring.rules.document_forms import KINDS_WITH_FORM, fields_in, is_of_older_form, value_in
from training.authoring.rules.form_entries import with_entered
from training.authoring.rules.saving import SaveVerdict, plain_lines
from training.authoring.services.form_saving import save_form
from training.authoring.views.blueprint import MAY_WRITE, SAVE_WORDS, blueprint, held_draft
from training.authoring.views.document_forms import parts_shown, to_mend
from training.authoring.views.writing import for_script
from training.content_store.rules.kinds import Kind
from training.db import db
from training.web.access import current_actor, opens_to, writes


@blueprint.post("/drafts/<int:draft_id>/form/saved")
@opens_to(*MAY_WRITE)
@writes
def autosave_form(draft_id: int) -> ResponseReturnValue:
    """Save what was entered so far; answers with what became of it, what is still to mend, and the fields that cannot be read and so were left as they were.

    The text is made upon `base`, which the form was shown from, so that its rows keep their numbers; it is brought together with what was saved since `seen`,
    the text that was made of this form before.
    """
    found, form = held_draft(draft_id), TextForm()
    base, kind = plain_lines(request.form.get("base", "")), Kind(found.kind)
    value = value_in(kind, base) if kind in KINDS_WITH_FORM else None
    if value is None or not form.validate_on_submit():
        abort(400)
    fields = fields_in(parts_shown(found, value))
    entered = request.form.to_dict()
    if is_of_older_form(entered, fields):
        abort(400)
    text, faults = with_entered(base, value, entered, fields)
    before = found.text
    saved = save_form(found, replace(form.sent, text=text), by=current_actor(), now=clock.now())
    db.session.commit()
    answer = {"verdict": saved.verdict, "version": saved.version, "words": SAVE_WORDS[saved.verdict], "saved_at": for_script(saved.saved_at), "sent": text}
    answer |= {"unread": [{"key": field.key, "name": field.name} for field in fields if field.key in faults], "text_changed": found.text != before}
    answer["faults"] = render_template("authoring/form_faults.html", to_mend=to_mend(found, fields, entered))
    return jsonify(answer), 409 if saved.verdict in {SaveVerdict.CLOSED, SaveVerdict.TOO_LONG} else 200
