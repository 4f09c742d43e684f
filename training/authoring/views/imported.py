"""Cases that were brought in from elsewhere and do not run yet: found, and taken up as drafts."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring.queries.lists import open_drafts_of
from training.authoring.services.bringing import take_up
from training.authoring.views.blueprint import MAY_WRITE, blueprint
from training.cases.importing.telling import WHY
from training.cases.queries.imports import imported_case, imported_waiting
from training.content_store.rules.kinds import Kind
from training.db import db
from training.errors import Refusal
from training.web.access import current_actor, opens_to, writes
from training.web.wording import words_for

PAGE_SIZE = 40
LAST_PAGE = 3_000
LONGEST_SOUGHT = 200


@blueprint.context_processor
def words_of_imports() -> dict[str, object]:
    """Why a field is unknown, for templates."""
    return {"UNKNOWN_WHY": {str(why): words for why, words in WHY.items()}}


@blueprint.get("/imported")
@opens_to(*MAY_WRITE)
def imported() -> str:
    """The rows of which no case runs."""
    return _page()


def _page(problem: str = "") -> str:
    sought, page = request.args.get("q", "")[:LONGEST_SOUGHT], min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    rows = imported_waiting(sought, skipped=(page - 1) * PAGE_SIZE, count=PAGE_SIZE + 1)
    return render_template(
        "authoring/imported.html",
        rows=rows[:PAGE_SIZE],
        drafts=open_drafts_of(Kind.CASE, [row.slug for row in rows]),
        sought=sought,
        page=page,
        has_more=len(rows) > PAGE_SIZE,
        problem=problem,
    )


@blueprint.post("/imported/<int:imported_id>")
@opens_to(*MAY_WRITE)
@writes
def take_up_imported(imported_id: int) -> ResponseReturnValue:
    """Work on one."""
    try:
        draft = take_up(imported_case(imported_id), by=current_actor(), now=clock.now())
    except Refusal as refusal:
        db.session.rollback()
        return _page(words_for(refusal.reason, refusal.detail)), 409
    target = url_for("authoring.document_form", draft_id=draft.id)
    db.session.commit()
    return redirect(target)
