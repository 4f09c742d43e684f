"""The pictures and recordings of a draft: put in by the editor's script, or on a page of their own."""

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import queries, services
from training.authoring.forms import FileForm
from training.authoring.models import Draft, DraftFile
from training.authoring.queries.files import files_of_draft
from training.authoring.rules.states import WRITTEN_STATES, DraftRefusal, DraftState
from training.authoring.services.filing import show_in_case
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft, seen_draft
from training.content_store.rules.kinds import CITING, Kind
from training.db import db
from training.errors import NotFound, Refusal
from training.media.tokens import Audience, media_address
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

LONGEST_ALT = 300
LARGEST_UPLOAD = 20_000_000
"""Bytes of a request that brings a file: more than a file may have, so that a camera's picture that is too large is refused in words."""


@blueprint.url_value_preprocessor
def let_files_be_large(_endpoint: str | None, _values: dict[str, object] | None) -> None:
    """A trainer's upload may hold a file; nobody else sends us that much. It runs before anything reads the request."""
    me = principal()
    if request.endpoint == "authoring.add_file" and me.is_authenticated and not me.roles.isdisjoint(MAY_WRITE):
        request.max_content_length = LARGEST_UPLOAD


def audience_of(draft: Draft) -> Audience:
    """Me, looking at this draft."""
    return Audience(principal().person_id, f"draft:{draft.id}")


def address_of(draft: Draft, file: DraftFile) -> str:
    """Where I see a file of a draft."""
    return media_address(file.media_file_id, audience_of(draft), now=clock.now())


def shown_files(draft: Draft) -> dict[str, str]:
    """Where I see each picture of a case's draft, by how its text cites it."""
    found = files_of_draft(draft.id) if draft.kind == Kind.CASE else ()
    return {file.cited: address_of(draft, file) for file in found if file.file.seconds is None}


@blueprint.get("/drafts/<int:draft_id>/files")
@opens_to(*MAY_WRITE)
def files(draft_id: int) -> str:
    """The files of a draft, and how its text cites each."""
    return _page(seen_draft(draft_id), FileForm(formdata=None))


def _page(found: Draft, form: FileForm) -> str:
    if Kind(found.kind) not in CITING:
        raise NotFound
    shown = [(file, address_of(found, file)) for file in files_of_draft(found.id)]
    return render_template("authoring/files.html", draft=found, files=shown, form=form, is_written=DraftState(found.state) in WRITTEN_STATES)


@blueprint.post("/drafts/<int:draft_id>/files/<int:file_id>/shown")
@opens_to(*MAY_WRITE)
@writes
def show_file(draft_id: int, file_id: int) -> ResponseReturnValue:
    """Let a case show a file, said in words."""
    found, alt = held_draft(draft_id), request.form.get("alt", "").strip()
    if not 1 <= len(alt) <= LONGEST_ALT:
        abort(400)
    show_in_case(found, file_id, alt, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.files", draft_id=draft_id, _anchor="files"))


@blueprint.post("/drafts/<int:draft_id>/files")
@opens_to(*MAY_WRITE)
@writes
def add_file(draft_id: int) -> ResponseReturnValue:
    """Put a file into a draft; a script is answered with how the text cites it."""
    found, form = held_draft(draft_id), FileForm()
    is_script = request.accept_mimetypes.best == "application/json"
    try:
        if not form.validate_on_submit():
            raise Refusal(DraftRefusal.NO_FILE_SENT)
        file = services.add_file(found, form.file.data.read(), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        words = words_for(refusal.reason, refusal.detail)
        if is_script:
            return jsonify(error=refusal.reason, message=words), 409
        form.file.errors = [words]
        return _page(queries.draft_by_id(draft_id), form), 409
    db.session.commit()
    if is_script:
        return jsonify(cited=file.cited, address=address_of(found, file), mime=file.file.mime, width=file.file.width, height=file.file.height)
    return redirect(url_for("authoring.files", draft_id=draft_id, _anchor="files"))
