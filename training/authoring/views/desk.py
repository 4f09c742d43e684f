"""What waits for somebody, everything that runs, and new documents."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.forms import DocumentsForm
from training.authoring.forms.beginning import KIND_LEADS, NewDraftForm
from training.authoring.queries.batches import open_batches
from training.authoring.queries.lists import drafts_of_others, my_drafts, running_documents
from training.authoring.rules.document_forms import KINDS_WITH_FORM
from training.authoring.services.inbox import inbox_of
from training.authoring.services.translating import begun_translation, originals
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.content_store.rules.kinds import Kind
from training.courses.queries import translations
from training.db import db
from training.errors import NotFound, Refusal
from training.web.access import current_actor, opens_to, principal, writes
from training.web.wording import words_for

PAGE_SIZE = 40
LAST_PAGE = 1000
PREVIEWS = {Kind.MODULE: "authoring.module", Kind.CASE: "authoring.case", Kind.ITEM: "authoring.item"}
"""Where documents of a kind are seen as those see them whom they are for."""


@blueprint.get("/")
@opens_to(*MAY_WRITE)
def index() -> str:
    """What waits for me, what I write, and what my colleagues write."""
    me = principal().person_id
    waiting = inbox_of(me)
    shown = {each.draft.id for each in waiting if each.draft}
    others = [listed for listed in drafts_of_others(me) if listed.draft.id not in shown]
    behind = [each for each in translations() if each.is_behind]
    return render_template("authoring/index.html", waiting=waiting, mine=my_drafts(me), others=others, batches=open_batches(), behind=behind)


@blueprint.get("/documents")
@opens_to(*MAY_WRITE)
def documents() -> str:
    """Everything that runs, to be looked for and changed."""
    form = DocumentsForm(request.args)
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    found = running_documents(form.chosen_kind, (form.q.data or "")[:200], skipped=(page - 1) * PAGE_SIZE, count=PAGE_SIZE + 1)
    sought = {"kind": form.kind.data or "", "q": form.q.data or ""}
    has_more = len(found) > PAGE_SIZE
    return render_template("authoring/documents.html", form=form, found=found[:PAGE_SIZE], page=page, has_more=has_more, sought=sought, PREVIEWS=PREVIEWS)


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
    """Say what a new document is: first its kind, then what that kind needs."""
    kind = request.args.get("kind", "")
    if kind not in KIND_LEADS:
        return render_template("authoring/new.html", form=None, leads=KIND_LEADS)
    form = NewDraftForm(request.args, meta={"csrf": False}) if "slug" in request.args else NewDraftForm(formdata=None, slug=services.free_slug(Kind(kind)))
    return render_template("authoring/new.html", form=form.ask_for(Kind(kind), originals()), kind=Kind(kind))


@blueprint.post("/new")
@opens_to(*MAY_WRITE)
@writes
def begin_new() -> ResponseReturnValue:
    """Begin a document that there is none of yet."""
    said = request.form.get("kind", "")
    if said not in KIND_LEADS:
        abort(400)
    kind = Kind(said)
    form = NewDraftForm().ask_for(kind, originals())
    if not form.validate_on_submit():
        return render_template("authoring/new.html", form=form, kind=kind), 400
    try:
        draft_id = services.begin_new(kind, form.slug.data or "", _begun(form), by=current_actor(), now=clock.now()).id
    except Refusal as refusal:
        db.session.rollback()
        form.slug.errors = [words_for(refusal.reason, refusal.detail)]
        return render_template("authoring/new.html", form=form, kind=kind), 409
    db.session.commit()
    return redirect(url_for("authoring.document_form" if kind in KINDS_WITH_FORM else "authoring.draft", draft_id=draft_id))


def _begun(form: NewDraftForm) -> str:
    """The text that it begins with: of a translation its original's."""
    if "translates" in form and form.translates.data:
        return begun_translation(form.slug.data or "", form.language.data, form.title.data or "", of=form.translates.data)
    return form.begun
