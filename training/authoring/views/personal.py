"""Personal data in a draft of a case: told beside it, and taken out by one click."""

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring.services.redacting import redact_draft
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft
from training.cases.importing.redaction import PersonalKind
from training.db import db
from training.web.access import current_actor, opens_to, writes

PERSONAL_WORDS = {
    PersonalKind.EMAIL: "E-mail address",
    PersonalKind.IDENTITY: "Identity number",
    PersonalKind.ORDER: "Order number",
    PersonalKind.PHONE: "Phone number",
    PersonalKind.ADDRESS: "Address",
    PersonalKind.PLATE: "Licence plate",
}


@blueprint.context_processor
def words_of_personal_data() -> dict[str, object]:
    """How templates name what was found."""
    return {"PERSONAL_WORDS": PERSONAL_WORDS}


@blueprint.post("/drafts/<int:draft_id>/personal")
@opens_to(*MAY_WRITE)
@writes
def redact(draft_id: int) -> ResponseReturnValue:
    """Take one personal value out of the draft, or all; a script is told how many there were, and asks for the text itself."""
    found = held_draft(draft_id)
    count = redact_draft(found, request.form.get("key"), by=current_actor(), now=clock.now())
    version = found.version
    db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"count": count, "version": version})
    flash("Taken out. A placeholder says what stood there." if count else "There was nothing like it any more.", "good" if count else "info")
    return redirect(url_for("authoring.draft", draft_id=draft_id))
