"""What was submitted of a draft, and what colleagues said of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from training.accounts.queries import person_names
from training.authoring.models import DraftReview, DraftRevision
from training.authoring.rules.reviewing import Verdict
from training.db import db


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said of one revision."""

    number: int
    reviewer_id: int
    reviewer: str
    verdict: Verdict
    words: str
    at: datetime


def revision_of(draft_id: int) -> DraftRevision | None:
    """What was submitted last."""
    return db.session.scalar(select(DraftRevision).where(DraftRevision.draft_id == draft_id).order_by(DraftRevision.number.desc()).limit(1))


def has_judged(person_id: int, draft_id: int) -> bool:
    """Whether this person said what they think of what was submitted last."""
    revision = revision_of(draft_id)
    return revision is not None and person_id in verdicts_on(revision.id)


def opinions_of(draft_id: int) -> list[Opinion]:
    """Everything that was said of its revisions, the latest first."""
    asked = select(DraftReview, DraftRevision.number).join(DraftRevision, DraftRevision.id == DraftReview.revision_id)
    rows = db.session.execute(asked.where(DraftRevision.draft_id == draft_id).order_by(DraftReview.id.desc())).all()
    names = person_names(review.reviewer_id for review, _ in rows)
    return [
        Opinion(number, review.reviewer_id, names.get(review.reviewer_id, "Somebody"), Verdict(review.verdict), review.words, review.at)
        for review, number in rows
    ]


def verdicts_on(revision_id: int) -> dict[int, Verdict]:
    """Who said what of one revision."""
    rows = db.session.execute(select(DraftReview.reviewer_id, DraftReview.verdict).where(DraftReview.revision_id == revision_id))
    return {reviewer_id: Verdict(verdict) for reviewer_id, verdict in rows}
