"""Sequential attempts: who is offered one, by which plan it runs, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select

from training.certification import queries as certification
from training.certification.rules import Claim
from training.db import db
from training.exams.documents import ExamDocument
from training.exams.models import Attempt, FormItem, SequentialTry
from training.exams.queries.bank import PublishedExam, exam_of_version
from training.exams.queries.candidacy import candidacy_of
from training.exams.queries.drawable import drawable_for, terms_of
from training.exams.queries.sitting import Standing
from training.exams.queries.uses import counts_of
from training.exams.rules.candidacy import Candidacy
from training.exams.rules.claims import claim_of_form
from training.exams.rules.delivery import AttemptMode
from training.exams.rules.drawing import Drawn
from training.exams.rules.feasibility import PROOF_SEED
from training.exams.rules.pool import PoolItem, Usage
from training.exams.rules.sequential.blocks import FEWEST_ELIGIBLE, draw_blocks_for, eligible_count
from training.exams.rules.sequential.decision import Plan
from training.exams.rules.sequential.tries import next_try


@dataclass(frozen=True, slots=True)
class Offer:
    """A sequential try that somebody may make now."""

    term: str
    """What its chance of a false pass is spent of: the term that would be renewed, by the public id of its award or renewal, or this version of the delta."""
    number: int
    plan: Plan


def offer_of(candidacy: Candidacy, exam: PublishedExam, *, now: datetime) -> Offer | None:
    """The next sequential try of this person's term or delta; nothing where the exam has none, they hold nothing or all tries are spent."""
    if exam.document.sequential is None:
        return None
    held = certification.certification_by_slug(exam.document.certification)
    standing = candidacy.evidence.standing(held.id, at=now)
    if not standing.is_in_force or standing.public_id is None or not (exam.document.delta or held.document.needs.exam == exam.slug):
        return None
    term = f"delta:{exam.version_id}" if exam.document.delta else standing.public_id
    number = next_try(candidacy.tries_spent(held.slug, term))
    return Offer(term, number, exam.document.sequential.plan) if number is not None else None


@dataclass(frozen=True, slots=True)
class SequentialStart:
    """A sequential try as it would begin: the offer, its first block, and the plan with the cap that the bank allows."""

    offer: Offer
    drawn: Drawn
    plan: Plan


def sequential_start(document: ExamDocument, offer: Offer, items: Iterable[PoolItem], usage: Usage, *, seed: int) -> SequentialStart | None:
    """How this try would begin; nothing where the bank is too small for it, so that the exam is a fixed form."""
    found = list(items)
    if eligible_count(document.blueprint, found) < FEWEST_ELIGIBLE:
        return None
    drawn = draw_blocks_for(document.blueprint, offer.plan.block, found, usage, seed=seed, cap=offer.plan.cap)
    plan = offer.plan.capped(drawn.count * offer.plan.block) if drawn else None
    if drawn is None or plan is None or plan.earliest_pass is None:
        return None
    return SequentialStart(offer, Drawn(drawn.first, drawn.pool, drawn.note), plan)


def plan_of(attempt: Attempt | Standing, document: ExamDocument) -> Plan:
    """The plan of a sequential attempt: its exam's, with what this try may spend and the cap that the bank had for it."""
    spent = db.session.get(SequentialTry, attempt.id)
    assert spent is not None and document.sequential is not None, "a sequential attempt is begun together with its try"
    return replace(document.sequential.plan, alpha=spent.alpha, cap=spent.cap)


def sequence_ahead(person_id: int, exam: PublishedExam, *, allow_public: bool, now: datetime) -> SequentialStart | None:
    """The sequential try that this person would begin if they started now, for showing it beforehand; nothing where they would sit the fixed form."""
    offer = offer_of(candidacy_of(person_id, now=now), exam, now=now)
    if offer is None:
        return None
    found = drawable_for(person_id, exam, now=now)
    bank = found.bank.chosen(terms_of(exam.document, with_public=allow_public), known=found.known)
    usage = found.usage(counts_of(exam.id))
    return sequential_start(exam.document, offer, [item.pool_item for item in bank], usage, seed=PROOF_SEED)


def claim_of(mode: AttemptMode, exam: PublishedExam) -> Claim | None:
    """What passing this exam in this way lets a certificate say."""
    rule = exam.document.sequential
    if mode is AttemptMode.SEQUENTIAL and rule is not None:
        return Claim(rule.p0, rule.alpha)
    return claim_of_form(exam.power, exam.document.retakes.attempts)


def place_count(attempt: Attempt | Standing) -> int:
    """How many places a candidate has before them: of a sequential attempt those given so far."""
    document = exam_of_version(attempt.exam_version_id).document
    if attempt.mode == AttemptMode.FIXED and not document.pilot_items:
        return document.item_count
    return form_length(attempt.id)


def form_length(attempt_id: int) -> int:
    """How many places the form of an attempt has so far."""
    return db.session.scalar(select(func.count()).select_from(FormItem).where(FormItem.attempt_id == attempt_id)) or 0
