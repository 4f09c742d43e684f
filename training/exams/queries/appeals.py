"""Written replies of an attempt with what they earned, the appeals against their marks, and what came of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from training.db import db
from training.exams.models import Attempt, MarkingTask, ReplyAppeal, ReplyMark, ScoreRun
from training.exams.queries.attempts import form_of
from training.exams.queries.marking import settled_replies
from training.exams.rules.appeals import AppealState, appeal_state
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Marked
from training.exams.rules.reply_marks import text_hash


@dataclass(frozen=True, slots=True)
class MarkedReply:
    """One reply of one's own that markers marked: its place, which text, the share of its points, and the appeal against that, if any."""

    position: int
    text_hash: str
    credit: float
    appeal: ReplyAppeal | None

    @property
    def state(self) -> AppealState | None:
        """Where the appeal stands; nothing where there is none."""
        return appeal_state(self.appeal.credit_before, self.appeal.credit_after) if self.appeal else None


def marked_replies(attempt: Attempt) -> list[MarkedReply]:
    """The replies of an attempt that count and are marked, in the order of the form."""
    replies = [place for place in form_of(attempt) if place.version.kind == ItemKind.REPLY]
    settled = settled_replies([attempt.id]) if replies else {}
    appeals = {(appeal.position, appeal.text_hash): appeal for appeal in appeals_of(attempt.id)}
    found = ((place, text_hash(str(place.response.get("text", ""))), settled.get((attempt.id, place.position))) for place in replies)
    return [MarkedReply(place.position, hashed, share_of(given), appeals.get((place.position, hashed))) for place, hashed, given in found if given is not None]


def has_marks(attempt_id: int) -> bool:
    """Whether markers marked anything of an attempt."""
    return db.session.scalar(select(ReplyMark.id).where(ReplyMark.attempt_id == attempt_id).limit(1)) is not None


def share_of(given: Marked) -> float:
    """The share of its points that a marked reply earned."""
    return given.credit if given.mark is Mark.PARTIAL else float(given.mark is Mark.RIGHT)


def appeals_of(attempt_id: int) -> Sequence[ReplyAppeal]:
    """The appeals of an attempt, in order."""
    return db.session.scalars(select(ReplyAppeal).where(ReplyAppeal.attempt_id == attempt_id).order_by(ReplyAppeal.id)).all()


def open_appeals(attempt_id: int) -> Sequence[ReplyAppeal]:
    """The appeals of an attempt that wait for a mark, in order, as they stand now."""
    question = select(ReplyAppeal).where(ReplyAppeal.attempt_id == attempt_id, ReplyAppeal.closed_at.is_(None)).order_by(ReplyAppeal.id)
    return db.session.scalars(question.execution_options(populate_existing=True)).all()


def marked_since(attempt: Attempt) -> datetime | None:
    """Since when everything of an attempt is marked; nothing where something waits for a marker."""
    current = attempt.current_score_run
    if current is None or not current.is_final:
        return None
    return db.session.scalar(select(func.min(ScoreRun.graded_at)).where(ScoreRun.attempt_id == attempt.id, ScoreRun.is_final))


def next_ordinal(attempt_id: int, position: int, hashed: str) -> int:
    """The number of the next mark to be asked for of this text."""
    own = MarkingTask.attempt_id == attempt_id, MarkingTask.position == position, MarkingTask.text_hash == hashed
    return (db.session.scalar(select(func.max(MarkingTask.ordinal)).where(*own)) or 0) + 1


def personal_appeals(person_id: int) -> list[dict[str, object]]:
    """A person's appeals as they take them away."""
    question = select(ReplyAppeal, Attempt.public_id).join(Attempt, Attempt.id == ReplyAppeal.attempt_id).where(Attempt.person_id == person_id)
    return [
        {
            "attempt": public_id,
            "question": appeal.position,
            "reason": appeal.reason,
            "at": appeal.appealed_at,
            "share_before": appeal.credit_before,
            "decided_at": appeal.closed_at,
            "share_after": appeal.credit_after,
        }
        for appeal, public_id in db.session.execute(question.order_by(ReplyAppeal.id))
    ]
