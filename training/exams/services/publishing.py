"""Publishing an exam: its blueprint is proved against the bank, and then frozen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from training.actors import Actor
from training.audit.services import record
from training.cases.rules import SEVERITY_WEIGHTS, Severity
from training.db import db
from training.errors import Refusal
from training.exams import queries
from training.exams.documents import POWER, ExamDocument
from training.exams.models import Exam, ExamVersion
from training.exams.queries import BankItem
from training.exams.rules.blueprint import DecisionClass, ItemState
from training.exams.rules.drawing import Layout, draw_form
from training.exams.rules.feasibility import PROOF_SEED, lacks
from training.exams.rules.pilots import pilots_at_once
from training.exams.rules.pool import BankWorth, Pool, QuotaStock, bank_worth, quota_stock
from training.exams.rules.power import Chance, Weighed, power
from training.exams.rules.reasons import BankRefusal
from training.exams.rules.sequential.blocks import FEWEST_ELIGIBLE, balanced_block, eligible_count

FORMS_OF_THE_METER = 25
"""How many drawn forms the power meter averages over."""


def publish_exam(document: ExamDocument, *, allow_public: bool, by: Actor, now: datetime) -> bool:
    """Make this the exam from now on, with its blueprint frozen. Says whether anything changed.

    Raises Refusal where the bank cannot fill it, saying which cell lacks what; where it could only with public items
    and the exam gates; and where it differs from a published version under the same number.
    """
    exam = queries.stored_exam(document.id)
    latest = queries.latest_exam_version(exam.id) if exam else None
    if latest is not None and ExamDocument.model_validate(latest.document) == document:
        return False
    _refuse_what_is_fixed(document, exam)
    bank = _provable_bank(document, allow_public=allow_public)
    if exam is None:
        exam = Exam(slug=document.id, certification_slug=document.certification, is_delta=document.delta is not None)
        db.session.add(exam)
        db.session.flush()
    version = _add_version(exam, document, latest, chances=chances_of_passing(document, bank), now=now)
    record("exam.published", by=by, subject=("exam", document.id), now=now, detail={"version": document.version, "number": version.number})
    return True


def _refuse_what_is_fixed(document: ExamDocument, exam: Exam | None) -> None:
    if exam is None:
        return
    if exam.certification_slug != document.certification:
        raise Refusal(BankRefusal.CERTIFICATION_IS_FIXED, exam=document.id, certification=exam.certification_slug)
    if exam.is_delta is not (document.delta is not None):
        raise Refusal(BankRefusal.DELTA_IS_FIXED, exam=document.id)
    if queries.has_exam_version(exam.id, document.version):
        raise Refusal(BankRefusal.VERSION_NOT_RAISED, exam=document.id, version=document.version)


def _provable_bank(document: ExamDocument, *, allow_public: bool) -> list[BankItem]:
    """The items that fill its forms, proved to be enough."""
    everything = queries.bank_items(queries.terms_of(document, with_public=True))
    usable = _usable(document, everything, allow_public=allow_public)
    found = _lacks(document, usable)
    if not found:
        return usable
    if len(usable) < len(everything) and not _lacks(document, everything):
        raise Refusal(BankRefusal.PUBLIC_ITEMS, exam=document.id, public_count=len(everything) - len(usable))
    raise Refusal(BankRefusal.BANK_LACKS, exam=document.id, lacks="; ".join(found))


def _usable(document: ExamDocument, bank: Sequence[BankItem], *, allow_public: bool) -> list[BankItem]:
    return [item for item in bank if allow_public or not document.gating or not item.is_public]


def _lacks(document: ExamDocument, bank: Sequence[BankItem]) -> list[str]:
    """What the bank lacks for a form and, where renewals are sequential and it is large enough for them, for one of their blocks."""
    items = [item.pool_item for item in bank]
    found = [str(lack) for lack in lacks(document.blueprint, items)]
    if not found and document.sequential is not None and eligible_count(document.blueprint, items) >= FEWEST_ELIGIBLE:
        size = document.sequential.block_item_count
        found = [f"in a block of {size}, {lack}" for lack in lacks(balanced_block(document.blueprint, size), items)]
    return found


def _add_version(exam: Exam, document: ExamDocument, latest: ExamVersion | None, *, chances: tuple[Chance, ...], now: datetime) -> ExamVersion:
    version = ExamVersion(
        exam_id=exam.id,
        number=latest.number + 1 if latest else 1,
        semver=document.version,
        title=document.title,
        document=document.model_dump(mode="json", exclude_none=True),
        power=POWER.dump_python(chances, mode="json"),
        content_hash=document.content_hash(),
        published_at=now,
    )
    db.session.add(version)
    db.session.flush()
    exam.current_version = version
    db.session.flush()
    return version


def chances_of_passing(document: ExamDocument, bank: Sequence[BankItem]) -> tuple[Chance, ...]:
    """The power meter of this exam over forms drawn from this bank."""
    layout, seeds = Layout(document.blueprint, Pool(tuple(item.pool_item for item in bank))), Random(PROOF_SEED)
    weighed = weighed_items(bank)
    forms = [layout.draw(int(seeds.random() * 2**53)) for _ in range(FORMS_OF_THE_METER)]
    return power([[weighed[item.version_id] for item in form] for form in forms if form], document.rule, document.retakes.attempts)


@dataclass(frozen=True, slots=True)
class Stock:
    """What the bank of today holds for an exam; look-alikes count once."""

    family_count: int
    quotas: tuple[QuotaStock, ...]
    worth: BankWorth
    lacks: tuple[str, ...]
    """What keeps it from filling a form, in the words in which it would be refused; nothing where it can."""


def stock_of(document: ExamDocument, *, allow_public: bool) -> Stock:
    """What the bank of today holds for this exam: what was proved when it was published may have been held or retired since."""
    bank = _usable(document, queries.bank_items(queries.terms_of(document, with_public=True)), allow_public=allow_public)
    items = [item.pool_item for item in bank]
    families = {item.family for item in items}
    return Stock(len(families), quota_stock(document.blueprint, items), bank_worth(document.blueprint, items), tuple(_lacks(document, bank)))


def worth_of(document: ExamDocument) -> BankWorth:
    """How many forms of this exam the bank of today is worth: whether its caps bind."""
    bank = queries.bank_items(queries.terms_of(document, with_public=True))
    return bank_worth(document.blueprint, [item.pool_item for item in bank])


def eligible_items(document: ExamDocument) -> int:
    """How many items of the areas that its cells name the bank of today holds; look-alikes count once."""
    bank = queries.bank_items(queries.terms_of(document, with_public=True))
    return eligible_count(document.blueprint, [item.pool_item for item in bank])


def pilots_of_bank(document: ExamDocument) -> int:
    """How many of the places for items on trial the bank of today can fill."""
    trials = queries.bank_items(queries.terms_of(document, with_public=True), state=ItemState.PILOT)
    return pilots_at_once(document.blueprint, [item.pool_item for item in trials])


def typical_form(document: ExamDocument) -> tuple[Weighed, ...]:
    """One form as the bank of today would give it, as the meter sees it; empty where the bank cannot fill one any more."""
    bank = queries.bank_items(queries.terms_of(document, with_public=True))
    weighed = weighed_items(bank)
    drawn = draw_form(document.blueprint, Pool(tuple(item.pool_item for item in bank)), PROOF_SEED)
    return tuple(weighed[item.version_id] for item in drawn or ())


def weighed_items(bank: Sequence[BankItem]) -> dict[int, Weighed]:
    """What the meter sees of these items, by their versions."""
    return {item.pool_item.version_id: _weighed(item) for item in bank}


def _weighed(item: BankItem) -> Weighed:
    traits = item.pool_item.traits
    weight = SEVERITY_WEIGHTS[Severity(traits.severity)]
    return Weighed(traits.area, weight, traits.decision_class is DecisionClass.INNOCENT, item.critical_share)
