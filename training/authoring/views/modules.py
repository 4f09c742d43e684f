"""A module as its readers will see it, and the next clause of one."""

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.queries.files import media_of_drafts
from training.authoring.rules.saving import TEXT_LIMIT, plain_lines
from training.authoring.rules.states import WRITTEN_STATES, DraftState
from training.authoring.services.previewing import ModuleInHand, in_draft, module_in_hand, module_languages
from training.authoring.services.translating import catch_up, following_of
from training.authoring.views.blueprint import MAY_WRITE, back_to, blueprint, held_draft, seen_draft
from training.authoring.views.files import audience_of
from training.content_store.queries import media_by_name
from training.content_store.rules.kinds import CITING, Kind
from training.courses.rendering import render_module
from training.courses.rules.outline import contents_of, reading_minutes
from training.courses.services.publishing import outline_of
from training.db import db
from training.errors import NotFound
from training.media.tokens import Audience, media_address
from training.web.access import current_actor, opens_to, principal, writes


@blueprint.get("/drafts/<int:draft_id>/preview")
@opens_to(*MAY_WRITE)
def preview(draft_id: int) -> str:
    """The module as a reader of the handbook sees it, by the same renderer."""
    found = seen_draft(draft_id)
    if found.kind != Kind.MODULE:
        raise NotFound
    return _preview_page(in_draft(found))


@blueprint.get("/modules/<slug>")
@opens_to(*MAY_WRITE)
def module(slug: str) -> str:
    """A module as its open draft says it, else as it runs."""
    return _preview_page(module_in_hand(slug))


def _preview_page(found: ModuleInHand) -> str:
    if found.document is None:
        checked = services.check_draft(found.draft) if found.draft else None
        return render_template("authoring/preview.html", draft=found.draft, module=None, checked=checked)
    rendered = render_module(found.document.body, slug=found.slug, pictures=_picture_addresses(found.draft))
    contents = contents_of(outline_of(rendered)["entries"])
    minutes = reading_minutes(sum(len(passage.text.split()) for passage in rendered.passages))
    shown = {"html": rendered.html, "contents": contents, "minutes": minutes, "others": module_languages(found.document)}
    return render_template("authoring/preview.html", draft=found.draft, module=found.document, is_narrow=request.args.get("width") == "phone", **shown)


def _picture_addresses(draft: Draft | None) -> dict[str, str]:
    """Where I see each picture that the text may show, by how it cites it: those that modules show already, and the draft's own."""
    home, now = CITING[Kind.MODULE], clock.now()
    audience = audience_of(draft) if draft else Audience(principal().person_id, "preview:modules")
    named = {**media_by_name(), **(media_of_drafts([draft]) if draft else {})}
    return {name.removeprefix(home): media_address(file.id, audience, now=now) for name, file in named.items() if name.startswith(home)}


@blueprint.post("/drafts/<int:draft_id>/clause")
@opens_to(*MAY_WRITE)
def new_clause(draft_id: int) -> ResponseReturnValue:
    """A clause block for a label, numbered after all that the label has or had; it is for the editor to put it in, nothing is changed."""
    found = seen_draft(draft_id)
    text = plain_lines(request.form.get("text", ""))[:TEXT_LIMIT]
    return jsonify({"block": services.new_clause(found, request.form.get("label", ""), text)})


@blueprint.get("/drafts/<int:draft_id>/original")
@opens_to(*MAY_WRITE)
def original(draft_id: int) -> str:
    """A translation beside its original: what changed there, and what the translation says of it so far."""
    found = seen_draft(draft_id)
    following = following_of(found, services.check_draft(found))
    if following is None:
        raise NotFound
    return render_template("authoring/original.html", draft=found, following=following, is_written=DraftState(found.state) in WRITTEN_STATES)


@blueprint.post("/drafts/<int:draft_id>/original")
@opens_to(*MAY_WRITE)
@writes
def follow_original(draft_id: int) -> ResponseReturnValue:
    """Say that a translation tells what its original says now."""
    found = held_draft(draft_id)
    following = following_of(found, services.check_draft(found))
    if following is None:
        raise NotFound
    catch_up(found, following, by=current_actor(), now=clock.now())
    db.session.commit()
    return back_to(found, f"It follows version {following.current} of its original now.")
