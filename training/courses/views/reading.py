"""What readers say: these sections I have read, this version I know."""

from flask import abort, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.courses import queries, services
from training.courses.forms import AcknowledgeForm, SectionsForm
from training.courses.models import ModuleVersion
from training.courses.rules.versions import Version
from training.courses.views.blueprint import blueprint
from training.db import db
from training.web.access import current_actor, opens_to_signed_in, principal, writes


def _version(slug: str, number: Version) -> ModuleVersion:
    return queries.module_version(queries.module_by_slug(slug).id, number)


@blueprint.post("/handbook/<slug>/read")
@opens_to_signed_in
@writes
def read_sections(slug: str) -> ResponseReturnValue:
    """Note sections as read: one by one from the page's script, or all of them by its button."""
    form = SectionsForm()
    if not form.validate():
        abort(400)
    version = _version(slug, form.number)
    read = services.mark_sections_read(principal().person_id, version, form.anchors, now=clock.now())
    db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(read=sorted(read))
    flash("Noted: you have read every section of this version.", "good")
    return redirect(url_for("courses.module", slug=slug, _anchor="acknowledge"))


@blueprint.post("/handbook/<slug>/acknowledge")
@opens_to_signed_in
@writes
def acknowledge(slug: str) -> ResponseReturnValue:
    """The reader knows this version and will work by it."""
    form = AcknowledgeForm()
    if not form.validate():
        abort(400)
    version = _version(slug, form.number)
    person_id, by, now = principal().person_id, current_actor(), clock.now()
    services.acknowledge(person_id, version, by=by, now=now)
    current_app.extensions["follow_studies"](person_id, by=by, now=now)
    db.session.commit()
    flash(f"You acknowledged version {form.number}. It counts from now on.", "good")
    return redirect(url_for("courses.module", slug=slug, _anchor="acknowledge"))
