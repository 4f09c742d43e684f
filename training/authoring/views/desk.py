"""What waits for somebody, everything that runs, and new documents."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.forms import DocumentsForm, NewDraftForm
from training.authoring.queries.batches import open_batches
from training.authoring.queries.lists import drafts_of_others, my_drafts, running_documents, waiting_for
from training.authoring.rules.document_forms import KINDS_WITH_FORM
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

PAGE_SIZE = 40
LAST_PAGE = 1000


@blueprint.get("/")
@opens_to(*MAY_WRITE)
def index() -> str:
    """What waits for me, what I write, and what my colleagues write."""
    me = principal().person_id
    waiting = waiting_for(me)
    shown = {listed.draft.id for listed in waiting}
    others = [listed for listed in drafts_of_others(me) if listed.draft.id not in shown]
    return render_template("authoring/index.html", waiting=waiting, mine=my_drafts(me), others=others, batches=open_batches())


@blueprint.get("/documents")
@opens_to(*MAY_WRITE)
def documents() -> str:
    """Everything that runs, to be looked for and changed."""
    form = DocumentsForm(request.args)
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found = running_documents(form.chosen_kind, (form.q.data or "")[:200], skipped=(page - 1) * PAGE_SIZE, count=PAGE_SIZE + 1)
    sought = {"kind": form.kind.data or "", "q": form.q.data or ""}
    return render_template("authoring/documents.html", form=form, found=found[:PAGE_SIZE], page=page, has_more=len(found) > PAGE_SIZE, sought=sought)


@blueprint.post("/documents/<kind>/<slug>/draft")
@opens_to(*MAY_WRITE)
@writes
def begin(kind: str, slug: str) -> ResponseReturnValue:
    """Work on a document that runs: in its open draft, or in a new one."""
    if kind not in set(Kind):
        raise NotFound
    draft_id = services.begin(Kind(kind), slug, by=current_actor(), now=clock.now()).id
    db.session.commit()
    return redirect(url_for("authoring.draft", draft_id=draft_id))


@blueprint.get("/new")
@opens_to(*MAY_WRITE)
def new() -> str:
    """Say what a new document is."""
    form = NewDraftForm(request.args, meta={"csrf": False}) if "kind" in request.args else NewDraftForm()
    return render_template("authoring/new.html", form=form)


@blueprint.post("/new")
@opens_to(*MAY_WRITE)
@writes
def begin_new() -> ResponseReturnValue:
    """Begin a document that there is none of yet."""
    form = NewDraftForm()
    if not form.validate_on_submit():
        return render_template("authoring/new.html", form=form), 400
    kind, slug = Kind(form.kind.data), form.slug.data or ""
    try:
        draft_id = services.begin_new(kind, slug, form.begun, by=current_actor(), now=clock.now()).id
    except Refusal as refusal:
        db.session.rollback()
        form.slug.errors = [words_for(refusal.reason, refusal.detail)]
        return render_template("authoring/new.html", form=form), 409
    db.session.commit()
    return redirect(url_for("authoring.document_form" if kind in KINDS_WITH_FORM else "authoring.draft", draft_id=draft_id))
