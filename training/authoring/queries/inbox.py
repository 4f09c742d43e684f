"""What waits for somebody's review: single drafts, and batches of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select

from training.accounts.queries import person_names
from training.authoring.models import Draft, DraftBatch, DraftBatchMember, DraftContributor, DraftReview, DraftRevision
from training.authoring.queries.batches import MOST_BATCHES
from training.authoring.queries.lists import MOST_SHOWN, wrote
from training.authoring.rules.reviewing import Verdict
from training.authoring.rules.states import DraftState
from training.db import db


@dataclass(frozen=True, slots=True)
class WaitingDraft:
    """A draft that waits: since it was submitted, how many approved what was submitted, and who wrote it."""

    draft: Draft
    since: datetime
    approval_count: int
    authors: Sequence[str]


@dataclass(frozen=True, slots=True)
class WaitingBatch:
    """A batch of which drafts wait: how many, since when the first of them does, how many approvals they have together, and who wrote them."""

    batch: DraftBatch
    draft_count: int
    since: datetime
    approval_count: int
    authors: Sequence[str]


_NEWEST = select(func.max(DraftRevision.id)).where(DraftRevision.draft_id == Draft.id).correlate(Draft).scalar_subquery()
_APPROVALS = (
    select(func.count(DraftReview.id))
    .where(DraftReview.revision_id == DraftRevision.id, DraftReview.verdict == Verdict.APPROVED.value)
    .correlate(DraftRevision)
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class AtTheDesk:
    """What somebody has to do at the desk: drafts that wait for their review, and drafts of theirs that were sent back."""

    waiting: int
    sent_back: int


def at_the_desk(person_id: int) -> AtTheDesk:
    """How many drafts wait for this person, those of batches among them, and how many that they wrote at are to be changed."""
    waiting = select(func.count(Draft.id)).where(*_waits_for(person_id)).scalar_subquery()
    sent_back = select(func.count(Draft.id)).where(Draft.state == DraftState.CHANGES_ASKED.value, wrote(person_id)).scalar_subquery()
    return AtTheDesk(*db.session.execute(select(waiting, sent_back)).one())


def waiting_drafts(person_id: int) -> list[WaitingDraft]:
    """The drafts of no batch in review that somebody did not write at and said nothing of yet in the revision that waits, the longest waiting first."""
    asked = select(Draft, DraftRevision.submitted_at, _APPROVALS).join(DraftRevision, DraftRevision.id == _NEWEST)
    is_alone = Draft.id.not_in(select(DraftBatchMember.draft_id))
    ordered = asked.where(is_alone, *_waits_for(person_id)).order_by(DraftRevision.submitted_at, DraftRevision.id)
    rows = db.session.execute(ordered.limit(MOST_SHOWN)).all()
    authors = _authors(select(Draft.id.label("listed"), Draft.id).where(Draft.id.in_([draft.id for draft, *_ in rows])))
    return [WaitingDraft(draft, since, count, authors.get(draft.id, ())) for draft, since, count in rows]


def waiting_batches(person_id: int) -> list[WaitingBatch]:
    """The batches that hold drafts which wait for somebody in the same way, the one whose first draft waits longest first."""
    since, has_approved = func.min(DraftRevision.submitted_at), DraftReview.verdict == Verdict.APPROVED.value
    counts = select(DraftBatchMember.batch_id, func.count(Draft.id.distinct()), since, func.count(DraftReview.id))
    each = counts.join(Draft, Draft.id == DraftBatchMember.draft_id).join(DraftRevision, DraftRevision.id == _NEWEST)
    each = each.outerjoin(DraftReview, (DraftReview.revision_id == DraftRevision.id) & has_approved).where(*_waits_for(person_id))
    rows = db.session.execute(each.group_by(DraftBatchMember.batch_id).order_by(since, DraftBatchMember.batch_id).limit(MOST_BATCHES)).all()
    batch_ids = [row[0] for row in rows]
    batches = {batch.id: batch for batch in db.session.scalars(select(DraftBatch).where(DraftBatch.id.in_(batch_ids)))}
    member = select(DraftBatchMember.batch_id, Draft.id).join(Draft, Draft.id == DraftBatchMember.draft_id)
    authors = _authors(member.where(DraftBatchMember.batch_id.in_(batch_ids), *_waits_for(person_id)))
    return [WaitingBatch(batches[batch_id], count, first, approvals, authors.get(batch_id, ())) for batch_id, count, first, approvals in rows]


def waiting_drafts_of(batch_ids: Collection[int], person_id: int) -> dict[int, list[Draft]]:
    """The drafts of these batches that wait for somebody, by their batch, in their order."""
    member = select(DraftBatchMember.batch_id, Draft).join(Draft, Draft.id == DraftBatchMember.draft_id)
    asked = member.join(DraftRevision, DraftRevision.id == _NEWEST).where(DraftBatchMember.batch_id.in_(batch_ids), *_waits_for(person_id))
    found: dict[int, list[Draft]] = {}
    for batch_id, draft in db.session.execute(asked.order_by(DraftBatchMember.batch_id, DraftBatchMember.position)):
        found.setdefault(batch_id, []).append(draft)
    return found


def _waits_for(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """Of a draft and its newest revision: whether it waits for this person."""
    said = select(DraftReview.id).where(DraftReview.revision_id == _NEWEST, DraftReview.reviewer_id == person_id).exists()
    return Draft.state == DraftState.IN_REVIEW.value, ~wrote(person_id), ~said


def _authors(drafts: Select[int, int]) -> dict[int, list[str]]:
    """The names of those who wrote at drafts, in their order; `drafts` gives each one's number behind what it is listed by."""
    listed = drafts.subquery()
    key, draft_id = listed.c
    began = select(key, Draft.author_id).join(Draft, Draft.id == draft_id)
    went_on = select(key, DraftContributor.person_id).join(DraftContributor, DraftContributor.draft_id == draft_id)
    rows = db.session.execute(began.union(went_on)).all()
    names = person_names(person_id for _, person_id in rows)
    found: dict[int, set[str]] = {}
    for listed_by, person_id in rows:
        found.setdefault(listed_by, set()).add(names.get(person_id, "Somebody"))
    return {listed_by: sorted(people) for listed_by, people in found.items()}
