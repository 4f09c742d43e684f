"""Say something of a line, answer it, settle it."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from training.actors import Actor
from training.audit.services import record
from training.authoring.models import Draft, DraftComment, DraftCommentSettlement
from training.authoring.queries.discussion import comment_of
from training.authoring.rules.lines import kept_line
from training.authoring.rules.states import DraftRefusal
from training.db import db
from training.errors import Refusal


def comment(draft: Draft, *, line: int, words: str, by: Actor, now: datetime) -> DraftComment:
    """Say something of a line, counted from 1. Raises Refusal where there is no such line."""
    said = kept_line(draft.text.split("\n"), line)
    if said is None:
        raise Refusal(DraftRefusal.LINE_IS_GONE, line=line)
    return _keep(DraftComment(draft_id=draft.id, line=line, line_text=said, words=words), by=by, now=now)


def answer(draft: Draft, comment_id: int, *, words: str, by: Actor, now: datetime) -> DraftComment:
    """Answer what was said of a line. Raises NotFound."""
    first = comment_of(draft.id, comment_id)
    kept = DraftComment(draft_id=draft.id, reply_to_id=first.id, line=first.line, line_text=first.line_text, words=words)
    return _keep(kept, by=by, now=now)


def _keep(said: DraftComment, *, by: Actor, now: datetime) -> DraftComment:
    assert by.id is not None, "people comment"
    said.by_id, said.at = by.id, now
    db.session.add(said)
    db.session.flush()
    record("draft.commented", by=by, subject=("draft", said.draft_id), now=now, detail={"comment": said.id, "line": said.line})
    return said


def settle(draft: Draft, comment_id: int, *, by: Actor, now: datetime) -> None:
    """What was said of a line is settled; settling it twice changes nothing. Raises NotFound."""
    found = comment_of(draft.id, comment_id)
    assert by.id is not None, "people settle comments"
    try:
        with db.session.begin_nested():
            db.session.add(DraftCommentSettlement(comment_id=found.id, by_id=by.id, at=now))
    except IntegrityError:
        return
    record("draft.comment_settled", by=by, subject=("draft", draft.id), now=now, detail={"comment": found.id})
