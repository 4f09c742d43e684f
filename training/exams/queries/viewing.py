"""Another look at questions of finished attempts; what of attempts is granted, as a person takes it away; and versions whose key is disputed."""

from datetime import datetime

from sqlalchemy import select

from training.db import db
from training.exams.models import Attempt, AttemptAllowance, Item, ItemVersion, ItemViewing
from training.exams.queries.appeals import personal_appeals
from training.exams.queries.trials import personal_trials
from training.exams.queries.workshops import personal_workshops
from training.exams.rules.timing import AttemptState
from training.exams.rules.viewing import Viewing, ViewingDeed, ViewingEvent, viewing_at


def viewing_of(attempt_id: int, position: int, *, now: datetime) -> Viewing:
    """How a look at this place stands."""
    question = select(ItemViewing).where(ItemViewing.attempt_id == attempt_id, ItemViewing.position == position).order_by(ItemViewing.id)
    return viewing_at([ViewingEvent(ViewingDeed(row.deed), row.until) for row in db.session.scalars(question)], now)


def attempt_by_id(attempt_id: int) -> Attempt:
    """The attempt that a foreign key names."""
    return db.session.get_one(Attempt, attempt_id)


def is_sitting(person_id: int) -> bool:
    """Whether this person has an attempt open."""
    return db.session.scalar(select(Attempt.id).where(Attempt.person_id == person_id, Attempt.state == AttemptState.OPEN.value).limit(1)) is not None


def hold_version(version_id: int) -> None:
    """Let nobody else hold this item version until the transaction ends."""
    db.session.execute(select(ItemVersion.id).where(ItemVersion.id == version_id).with_for_update(key_share=True))


def hold_item_of(version_id: int) -> Item:
    """The item of this version, held until the transaction ends."""
    question = select(Item).join(ItemVersion, ItemVersion.item_id == Item.id).where(ItemVersion.id == version_id)
    return db.session.scalars(question.with_for_update(of=Item).execution_options(populate_existing=True)).one()


def personal_grants(person_id: int) -> dict[str, object]:
    """What trainers allowed a person, what was opened to them, what they appealed against, tried out and judged; never a question or a key."""
    allowed = db.session.scalars(select(AttemptAllowance).where(AttemptAllowance.person_id == person_id).order_by(AttemptAllowance.id))
    viewed = db.session.scalars(select(ItemViewing).join(Attempt, Attempt.id == ItemViewing.attempt_id).where(Attempt.person_id == person_id))
    return {
        "questions_looked_at": [{"question": each.position, "deed": each.deed, "at": each.at} for each in sorted(viewed, key=lambda row: row.id)],
        "appeals": personal_appeals(person_id),
        "trials": personal_trials(person_id),
        "cuts_judged": personal_workshops(person_id),
        "attempts_allowed": [{"exam": each.exam_slug, "reason": each.reason, "at": each.granted_at} for each in allowed],
    }
