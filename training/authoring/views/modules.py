"""A module as its readers will see it, and the next clause of one."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.rules.saving import TEXT_LIMIT, plain_lines
from training.authoring.views.blueprint import MAY_WRITE, blueprint, seen_draft
from training.content_store.rules.kinds import Kind
from training.courses.documents import ModuleDocument
from training.courses.rendering import render_module
from training.courses.rules.outline import contents_of, reading_minutes
from training.courses.services.publishing import outline_of
from training.errors import NotFound
from training.web.access import opens_to


@blueprint.get("/drafts/<int:draft_id>/preview")
@opens_to(*MAY_WRITE)
def preview(draft_id: int) -> str:
    """The module as a reader of the handbook sees it, by the same renderer."""
    found = seen_draft(draft_id)
    if found.kind != Kind.MODULE:
        raise NotFound
    checked = services.check_draft(found)
    source = checked.source
    if source is None or not isinstance(source.document, ModuleDocument):
        return render_template("authoring/preview.html", draft=found, module=None, checked=checked)
    rendered = render_module(source.document.body, slug=found.slug)
    contents = contents_of(outline_of(rendered)["entries"])
    minutes = reading_minutes(sum(len(passage.text.split()) for passage in rendered.passages))
    shown = {"html": rendered.html, "contents": contents, "minutes": minutes, "now": clock.now()}
    return render_template("authoring/preview.html", draft=found, module=source.document, checked=checked, **shown)


@blueprint.post("/drafts/<int:draft_id>/clause")
@opens_to(*MAY_WRITE)
def new_clause(draft_id: int) -> ResponseReturnValue:
    """A clause block for a label, numbered after all that the label has or had; it is for the editor to put it in, nothing is changed."""
    found = seen_draft(draft_id)
    text = plain_lines(request.form.get("text", ""))[:TEXT_LIMIT]
    return jsonify({"block": services.new_clause(found, request.form.get("label", ""), text)})
