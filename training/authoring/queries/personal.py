"""What the desk keeps about one person."""

from typing import Any

from sqlalchemy import select

from training.authoring.models import Draft, DraftComment, DraftContributor, DraftReview, DraftRevision
from training.db import db


def personal_record(person_id: int) -> dict[str, Any]:
    """The drafts that somebody began or saved, what they said of others', and what they commented; no text of any document."""
    mine = select(Draft).where(Draft.id.in_(select(DraftContributor.draft_id).where(DraftContributor.person_id == person_id)) | (Draft.author_id == person_id))
    reviews = (
        select(DraftReview, DraftRevision.number, Draft.kind, Draft.slug)
        .join(DraftRevision, DraftRevision.id == DraftReview.revision_id)
        .join(Draft, Draft.id == DraftRevision.draft_id)
        .where(DraftReview.reviewer_id == person_id)
    )
    comments = select(DraftComment, Draft.kind, Draft.slug).join(Draft, Draft.id == DraftComment.draft_id).where(DraftComment.by_id == person_id)
    return {
        "drafts": [
            {
                "kind": draft.kind,
                "document": draft.slug,
                "state": draft.state,
                "began_it": draft.author_id == person_id,
                "created_at": draft.created_at.isoformat(),
            }
            for draft in db.session.scalars(mine.order_by(Draft.id))
        ],
        "reviews": [
            {"kind": kind, "document": slug, "revision": number, "verdict": review.verdict, "words": review.words, "at": review.at.isoformat()}
            for review, number, kind, slug in db.session.execute(reviews.order_by(DraftReview.id))
        ],
        "comments": [
            {"kind": kind, "document": slug, "line": said.line, "words": said.words, "at": said.at.isoformat()}
            for said, kind, slug in db.session.execute(comments.order_by(DraftComment.id))
        ],
    }
