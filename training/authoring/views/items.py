"""An item as a candidate sees it: a draft, or what runs. Its key only for who asks for it; the case that it labels only for who opened that."""

from collections.abc import Mapping

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.models import Draft
from training.authoring.services.previewing import Previewed, in_other_languages, item_in, preview_of, running_item
from training.authoring.views.blueprint import MAY_WRITE, blueprint, seen_draft
from training.cases.queries import taxonomy
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound, Refusal
from training.exams.documents import ItemDocument
from training.exams.forms import question_screen
from training.exams.queries.opened import opened_item
from training.exams.rules.acquaintance import KnownText
from training.exams.services.opening import may_read, open_text
from training.media.tokens import Audience, media_address
from training.practice.queries import preference_of
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for


@blueprint.get("/drafts/<int:draft_id>/item")
@opens_to(*MAY_WRITE)
def preview_item(draft_id: int) -> str:
    """A draft of an item as a candidate would see it."""
    found = seen_draft(draft_id)
    if found.kind != Kind.ITEM:
        raise NotFound
    checked = services.check_draft(found)
    document = item_in(checked)
    back = {"draft": found, "slug": found.slug, "back": url_for("authoring.draft", draft_id=draft_id)}
    if document is None:
        return render_template("authoring/item_unreadable.html", checked=checked, **back)
    if document.case is not None and not may_read(principal().person_id, KnownText.CASE, document.case):
        return render_template("authoring/item_door.html", opens=url_for("authoring.open_labelled_case", draft_id=draft_id), what="case", **back)
    return _preview_page(document, back, draft=found)


@blueprint.get("/items/<slug>")
@opens_to(*MAY_WRITE)
def item(slug: str) -> str:
    """An item that runs, as candidates see it; first the question whether to open it."""
    document = running_item(slug)
    back = {"draft": None, "slug": slug, "back": url_for("authoring.item_list")}
    if not may_read(principal().person_id, KnownText.ITEM, slug):
        return render_template("authoring/item_door.html", opens=url_for("authoring.open_item", slug=slug), what="item", **back)
    return _preview_page(document, back)


@blueprint.post("/items/<slug>/open")
@opens_to(*MAY_WRITE)
@writes
def open_item(slug: str) -> ResponseReturnValue:
    """Read an item that runs, and never sit it."""
    running_item(slug)
    open_text(KnownText.ITEM, slug, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.item", slug=slug))


@blueprint.post("/drafts/<int:draft_id>/case")
@opens_to(*MAY_WRITE)
@writes
def open_labelled_case(draft_id: int) -> ResponseReturnValue:
    """Read the case that a draft of an item labels, and never label it in an exam."""
    document = item_in(services.check_draft(seen_draft(draft_id)))
    if document is None or document.case is None:
        raise NotFound
    open_text(KnownText.CASE, document.case, by=current_actor(), now=clock.now())
    db.session.commit()
    return redirect(url_for("authoring.preview_item", draft_id=draft_id))


def _preview_page(document: ItemDocument, back: Mapping[str, object], *, draft: Draft | None = None) -> str:
    me = principal().person_id
    try:
        found = preview_of(document, draft, now=clock.now())
    except Refusal as refusal:
        return render_template("authoring/item_unreadable.html", checked=None, problem=words_for(refusal.reason, refusal.detail), **back)
    return render_template("authoring/item_preview.html", **back, **_shown(found, document, me))


def _shown(found: Previewed, document: ItemDocument, me: int) -> dict[str, object]:
    """What the page shows: the question, and the key only where it was asked for."""
    now = clock.now()
    audience = Audience(me, f"preview:{document.id}")
    return {
        "question": question_screen(found, {}),
        "media_url": lambda media_id: media_address(media_id, audience, now=now),
        "care": {"shown": preference_of(me, usual=current_app.config["CARE_DEFAULTS"]), "is_blurred": False},
        "opened": opened_item(found.version, reader_id=me, now=now) if request.args.get("key") == "shown" else None,
        "is_narrow": request.args.get("width") == "phone",
        "others": in_other_languages(document),
        "titles": taxonomy().titles,
        "state": document.state,
    }
