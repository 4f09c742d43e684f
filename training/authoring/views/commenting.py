"""Comments on lines."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from training import clock
from training.authoring import services
from training.authoring.forms import AnswerForm, CommentForm
from training.authoring.views.blueprint import MAY_WRITE, blueprint, held_draft
from training.authoring.views.writing import draft_page
from training.db import db
from training.web.access import current_actor, opens_to, writes


def _to_comments(draft_id: int) -> ResponseReturnValue:
    return redirect(url_for("authoring.draft", draft_id=draft_id, _anchor="said"))


@blueprint.post("/drafts/<int:draft_id>/comments")
@opens_to(*MAY_WRITE)
@writes
def comment(draft_id: int) -> ResponseReturnValue:
    """Say something of a line."""
    found, form = held_draft(draft_id), CommentForm()
    if not form.validate_on_submit():
        return draft_page(found, comment_form=form), 400
    services.comment(found, line=form.line.data or 0, words=form.comment.data or "", by=current_actor(), now=clock.now())
    db.session.commit()
    return _to_comments(draft_id)


@blueprint.post("/drafts/<int:draft_id>/comments/<int:comment_id>/answers")
@opens_to(*MAY_WRITE)
@writes
def answer(draft_id: int, comment_id: int) -> ResponseReturnValue:
    """Answer what was said of a line."""
    found, form = held_draft(draft_id), AnswerForm()
    if not form.validate_on_submit():
        return draft_page(found, answer_form=form), 400
    services.answer(found, comment_id, words=form.words.data or "", by=current_actor(), now=clock.now())
    db.session.commit()
    return _to_comments(draft_id)


@blueprint.post("/drafts/<int:draft_id>/comments/<int:comment_id>/settled")
@opens_to(*MAY_WRITE)
@writes
def settle(draft_id: int, comment_id: int) -> ResponseReturnValue:
    """What was said of a line is settled."""
    found = held_draft(draft_id)
    services.settle(found, comment_id, by=current_actor(), now=clock.now())
    db.session.commit()
    return _to_comments(draft_id)
