"""Disputes: a candidate's own, and those that wait for a trainer. Another person's dispute does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, exists, func, select
from sqlalchemy.orm import aliased

from training.accounts.models import Person
from training.db import db
from training.errors import NotFound
from training.exams.models import Attempt, AttemptAllowance, ExamVersion, Item, ItemDispute, ItemDisputeEvent, ItemVersion
from training.exams.rules.disputes import DisputeDeed, DisputeEvent, DisputeStanding, dispute_standing
from training.exams.rules.timing import AttemptState


@dataclass(frozen=True, slots=True)
class DisputeEntry:
    """One dispute with what was done about it."""

    dispute: ItemDispute
    attempt: Attempt
    exam_title: str
    candidate: str
    item: Item
    standing: DisputeStanding
    claim: str
    answer: str
    """Why it was decided so; empty before."""


def dispute_of(person_id: int, public_id: str) -> ItemDispute:
    """This person's dispute. Raises NotFound, for another's too."""
    return _found(db.session.scalar(select(ItemDispute).where(ItemDispute.public_id == public_id, ItemDispute.person_id == person_id)), public_id)


def any_dispute(public_id: str) -> ItemDispute:
    """A dispute, whosever it is: for trainers. Raises NotFound."""
    return _found(db.session.scalar(select(ItemDispute).where(ItemDispute.public_id == public_id)), public_id)


def _found(dispute: ItemDispute | None, public_id: str) -> ItemDispute:
    if dispute is None:
        raise NotFound(public_id)
    return dispute


def hold_dispute(dispute: ItemDispute) -> None:
    """Let nobody else act on this dispute until the transaction ends."""
    db.session.execute(select(ItemDispute.id).where(ItemDispute.id == dispute.id).with_for_update())


def is_disputed(attempt_id: int, position: int) -> bool:
    """Whether this place was disputed already."""
    return db.session.scalar(select(ItemDispute.id).where(ItemDispute.attempt_id == attempt_id, ItemDispute.position == position)) is not None


def has_claim(dispute_id: int) -> bool:
    """Whether the candidate has said what is wrong."""
    claim = (ItemDisputeEvent.dispute_id == dispute_id, ItemDisputeEvent.deed == DisputeDeed.CLAIMED.value)
    return db.session.scalar(select(ItemDisputeEvent.id).where(*claim)) is not None


def is_sitting(person_id: int) -> bool:
    """Whether this person has an attempt open."""
    return db.session.scalar(select(Attempt.id).where(Attempt.person_id == person_id, Attempt.state == AttemptState.OPEN.value).limit(1)) is not None


def standing_of_dispute(dispute: ItemDispute, *, now: datetime) -> DisputeStanding:
    """How a dispute stands at an instant."""
    return dispute_standing([_event(row) for row in _events([dispute.id])], now)


def disputes_of_attempt(attempt_id: int, *, now: datetime) -> list[DisputeEntry]:
    """What was disputed about an attempt, by place."""
    question = _entries().where(ItemDispute.attempt_id == attempt_id).order_by(ItemDispute.position)
    return _with_events(db.session.execute(question).all(), now)


def disputes_page(*, now: datetime, before_id: int | None = None, size: int = 50) -> list[DisputeEntry]:
    """Every dispute, the latest first, one page of them."""
    question = _entries()
    if before_id is not None:
        question = question.where(ItemDispute.id < before_id)
    return _with_events(db.session.execute(question.order_by(ItemDispute.id.desc()).limit(size)).all(), now)


def entry_of(dispute: ItemDispute, *, now: datetime) -> DisputeEntry:
    """One dispute as a page shows it."""
    return _with_events(db.session.execute(_entries().where(ItemDispute.id == dispute.id)).all(), now)[0]


def undecided_count() -> int:
    """How many disputes wait for a decision or an opening."""
    event = aliased(ItemDisputeEvent)
    decided = exists().where(event.dispute_id == ItemDispute.id, event.deed.in_([DisputeDeed.UPHELD.value, DisputeDeed.REJECTED.value]))
    return db.session.scalar(select(func.count()).select_from(ItemDispute).where(~decided)) or 0


def _entries() -> Select[ItemDispute, Attempt, str, str, Item]:
    return (
        select(ItemDispute, Attempt, ExamVersion.title, Person.name, Item)
        .join(Attempt, Attempt.id == ItemDispute.attempt_id)
        .join(ExamVersion, ExamVersion.id == Attempt.exam_version_id)
        .join(Person, Person.id == ItemDispute.person_id)
        .join(ItemVersion, ItemVersion.id == ItemDispute.item_version_id)
        .join(Item, Item.id == ItemVersion.item_id)
    )


def _events(dispute_ids: Sequence[int]) -> Sequence[ItemDisputeEvent]:
    return db.session.scalars(select(ItemDisputeEvent).where(ItemDisputeEvent.dispute_id.in_(dispute_ids)).order_by(ItemDisputeEvent.id)).all()


def _event(row: ItemDisputeEvent) -> DisputeEvent:
    return DisputeEvent(DisputeDeed(row.deed), row.until)


def _with_events(rows: Sequence[Row[ItemDispute, Attempt, str, str, Item]], now: datetime) -> list[DisputeEntry]:
    events = _events([row[0].id for row in rows])
    entries = []
    for dispute, attempt, title, name, item in rows:
        own = [event for event in events if event.dispute_id == dispute.id]
        words = {DisputeDeed(event.deed): event.words for event in own}
        answer = words.get(DisputeDeed.UPHELD) or words.get(DisputeDeed.REJECTED) or ""
        standing = dispute_standing([_event(event) for event in own], now)
        entries.append(DisputeEntry(dispute, attempt, title, name, item, standing, words.get(DisputeDeed.CLAIMED, ""), answer))
    return entries


def personal_claims(person_id: int) -> dict[str, object]:
    """A person's disputes and what trainers allowed them, as they take it away; never a question or a key."""
    disputes = db.session.scalars(select(ItemDispute).where(ItemDispute.person_id == person_id).order_by(ItemDispute.id)).all()
    events = _events([dispute.id for dispute in disputes])
    allowed = db.session.scalars(select(AttemptAllowance).where(AttemptAllowance.person_id == person_id).order_by(AttemptAllowance.id))
    return {
        "disputes": [
            {
                "question": dispute.position,
                "doubt": dispute.doubt,
                "raised_at": dispute.raised_at,
                "deeds": [{"deed": event.deed, "at": event.at, "words": event.words} for event in events if event.dispute_id == dispute.id],
            }
            for dispute in disputes
        ],
        "attempts_allowed": [{"exam": each.exam_slug, "reason": each.reason, "at": each.granted_at} for each in allowed],
    }
