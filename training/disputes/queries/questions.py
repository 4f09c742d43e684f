"""Disputes about the keys of questions: the question, what a claim would stand on, what a review says, and the rulings that followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from training.cases.queries import area_of_labels
from training.db import db
from training.disputes.models import Dispute, DisputeClaim, DisputeDecision, DisputeReview
from training.disputes.queries.disputes import HAS_OPEN_CLAIM, IS_DECIDED
from training.disputes.rules.claims import Ground
from training.disputes.rules.reviews import UnsoundReason, Vote, said_in, unsound_reason
from training.exams.models import Attempt, Item, ItemVersion
from training.exams.queries.rulings import RuledItem, rulings_about, rulings_in_force
from training.exams.rules.blueprint import ItemKind
from training.exams.rules.grading import Mark
from training.exams.rules.marking import Question, marked
from training.exams.rules.responses import is_blank, response_fault
from training.exams.rules.saying import KINDS_WITHOUT_KEY, fixed_order, said_in_response
from training.judgements.documents import parse_answer
from training.judgements.queries import reference_value
from training.judgements.rules import score


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A dispute with its question. It holds the key: never for who is still to review it."""

    dispute: Dispute
    item: Item
    version: ItemVersion

    @property
    def option_order(self) -> Sequence[str]:
        """The order in which whoever reviews it sees its options."""
        return fixed_order(ItemKind(self.version.kind), self.version.document)


def shown_question(dispute: Dispute) -> ShownQuestion:
    """This dispute about a question, with the question."""
    question = select(Item, ItemVersion).join(ItemVersion, ItemVersion.item_id == Item.id).where(ItemVersion.id == dispute.item_version_id)
    item, version = db.session.execute(question).one()
    return ShownQuestion(dispute, item, version)


def dispute_about_question(version_id: int) -> Dispute | None:
    """The dispute about the key of this item version, if there is one."""
    return db.session.scalar(select(Dispute).where(Dispute.item_version_id == version_id))


def claim_on_place(attempt_id: int, position: int) -> DisputeClaim | None:
    """The claim about this place, if there is one."""
    return db.session.scalar(select(DisputeClaim).where(DisputeClaim.attempt_id == attempt_id, DisputeClaim.position == position))


def has_claims(attempt_id: int) -> bool:
    """Whether anything of this attempt was disputed."""
    return bool(db.session.scalar(select(func.count()).where(DisputeClaim.attempt_id == attempt_id)))


def ground_at(attempt: Attempt, version: ItemVersion) -> Ground:
    """What a claim about this question of a finished attempt would stand on."""
    claimed = select(DisputeClaim.id).where(DisputeClaim.dispute_id == Dispute.id, DisputeClaim.person_id == attempt.person_id).correlate(Dispute).exists()
    found = db.session.execute(select(IS_DECIDED, claimed).select_from(Dispute).where(Dispute.item_version_id == version.id)).one_or_none()
    is_decided, has_claimed = (bool(found[0]), bool(found[1])) if found else (False, False)
    return Ground(attempt.finished_at, is_current=version.id not in rulings_in_force([version.id]), is_decided=is_decided, has_claimed=has_claimed)


def is_review_wanted(dispute: Dispute) -> bool:
    """Whether it waits for a review: claimed, not decided, and about what has a key."""
    if dispute.item_version_id is not None and ItemKind(shown_question(dispute).version.kind) in KINDS_WITHOUT_KEY:
        return False
    question = select(HAS_OPEN_CLAIM, IS_DECIDED).select_from(Dispute).where(Dispute.id == dispute.id)
    is_claimed, is_decided = db.session.execute(question).one()
    return bool(is_claimed) and not is_decided


def question_in(version: ItemVersion) -> Question:
    """The question as whoever reviews it sees it."""
    kind = ItemKind(version.kind)
    return Question(kind, version.document, fixed_order(kind, version.document))


def fault_in_answer(version: ItemVersion, response: Mapping[str, Any]) -> StrEnum | None:
    """Why this answer is no review of the question, or nothing."""
    if is_blank(response):
        return UnsoundReason.BLANK
    if version.kind == ItemKind.CASE:
        return unsound_reason(parse_answer(response))
    question = question_in(version)
    return response_fault(response, question.kind, len(question.option_order))


def is_right_by_key(version: ItemVersion, response: Mapping[str, Any]) -> bool:
    """Whether an answer to the question is right as a whole by the key that it was stored with."""
    if version.reference_id is not None:
        return score(parse_answer(response), reference_value(version.reference_id), area_of_labels()).strict
    return marked(question_in(version), response).mark is Mark.RIGHT


def votes_of(dispute: Dispute, reviews: Sequence[DisputeReview]) -> list[Vote]:
    """What these reviews of a dispute say, as rules see it. Of what was decided without answering nothing is said but whether the key stands."""
    version = shown_question(dispute).version if dispute.item_version_id is not None else None
    return [Vote(review.is_reference, _said(version, review)) for review in reviews]


def _said(version: ItemVersion | None, review: DisputeReview) -> object:
    if not review.answer:
        return review.id
    if version is None or version.kind == ItemKind.CASE:
        return said_in(parse_answer(review.answer))
    return said_in_response(question_in(version), review.answer)


def rulings_after(dispute: Dispute) -> list[RuledItem]:
    """The rulings on the key that followed the decision, the first one first."""
    decided_at: datetime | None = db.session.scalar(select(DisputeDecision.decided_at).where(DisputeDecision.dispute_id == dispute.id))
    if decided_at is None or dispute.item_version_id is None:
        return []
    return [ruled for ruled in reversed(rulings_about(dispute.item_version_id)) if ruled.ruling.ruled_at >= decided_at]
