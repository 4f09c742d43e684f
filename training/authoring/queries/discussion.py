"""What was said of the lines of a draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from training.accounts.queries import person_names
from training.authoring.models import DraftComment, DraftCommentSettlement
from training.authoring.rules.lines import line_now
from training.db import db
from training.errors import NotFound


@dataclass(frozen=True, slots=True)
class Thread:
    """What was said of a line and answered to that, the line that it stands at now, and whether it is settled."""

    first: DraftComment
    answers: tuple[DraftComment, ...]
    line: int | None
    """Nothing where the line is gone."""
    is_settled: bool
    names: Mapping[int, str]

    @property
    def said(self) -> tuple[DraftComment, ...]:
        """All of it, in its order."""
        return (self.first, *self.answers)


def comment_of(draft_id: int, comment_id: int) -> DraftComment:
    """The first comment of a thread of this draft. Raises NotFound."""
    found = db.session.get(DraftComment, comment_id)
    if found is None or found.draft_id != draft_id or found.reply_to_id is not None:
        raise NotFound
    return found


def is_settled(comment_id: int) -> bool:
    """Whether a thread is settled."""
    return db.session.get(DraftCommentSettlement, comment_id) is not None


def threads_of(draft_id: int, text: str) -> list[Thread]:
    """Everything that was said of a draft's lines: what is open first, in the order of the lines."""
    said = db.session.scalars(select(DraftComment).where(DraftComment.draft_id == draft_id).order_by(DraftComment.id)).all()
    settled = frozenset(db.session.scalars(select(DraftCommentSettlement.comment_id).where(DraftCommentSettlement.comment_id.in_([one.id for one in said]))))
    names, lines = person_names(one.by_id for one in said), text.split("\n")
    threads = [_thread(one, said, lines, settled, names) for one in said if one.reply_to_id is None]
    return sorted(threads, key=lambda thread: (thread.is_settled, thread.line or thread.first.line, thread.first.id))


def _thread(first: DraftComment, said: Sequence[DraftComment], lines: Sequence[str], settled: frozenset[int], names: Mapping[int, str]) -> Thread:
    answers = tuple(one for one in said if one.reply_to_id == first.id)
    return Thread(first, answers, line_now(lines, first.line, first.line_text), first.id in settled, names)
