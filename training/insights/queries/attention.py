"""What the attention list looks at. Each question is one statement, however large the bank; no answer holds a key."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from training.cases.importing.duplicates import said
from training.cases.models import Case, CaseHold, CaseReference, CaseVersion
from training.cases.queries import IS_PRACTISED
from training.cases.rules import HoldDeed, Surface
from training.db import Remembered, db
from training.disputes.models import ClaimWithdrawal, Dispute, DisputeClaim, DisputeDecision
from training.disputes.rules.reviews import Outcome
from training.exams.models import Exam, Item, ItemAcquaintance, ItemFlagEvent, ItemStatistic, ItemVersion, TextAcquaintance
from training.exams.queries import exams
from training.exams.queries.statistics import ITEM_FIGURES
from training.exams.queries.uses import FORMS_DRAWN, all_uses, forms_told
from training.exams.rules.acquaintance import KnownText
from training.exams.rules.analysis.flags import FlagDeed, ItemFlag
from training.exams.rules.analysis.minimums import ACT_FROM, Figure
from training.exams.rules.blueprint import ItemKind, ItemState
from training.exams.rules.pool import EXPOSURE_CAP, FORMS_BEFORE_EXPOSURE_BINDS
from training.insights.rules.attention import AnsweredItem, DisputedKey, HeldKey, LabelledCase, Pair, SaidItem, UsedItem, alike
from training.judgements.models import Judgement
from training.judgements.queries import IS_FIRST
from training.judgements.rules import Source

IN_USE = Item.state.in_([ItemState.LIVE.value, ItemState.PILOT.value, ItemState.HELD.value])
"""What is drawn, or would be if nobody held it."""
WRITTEN = ("stem", "options", "steps", "evidence", "reply", "typing")
"""The parts of an item's document of which candidates read the texts."""
SHOWN_TEXTS = frozenset({"text", "passage"})


_ENOUGH = or_(ItemStatistic.answer_count >= ACT_FROM[Figure.FACILITY], ItemStatistic.flags.contains(f" {ItemFlag.WRONG_KEY.value} "))
"""Whether there are enough answers to act on, or the key is in doubt."""


def figures_in_view() -> tuple[tuple[int, datetime], ...]:
    """Which figures `answered_items` would read, by their version and when they were computed: as long as these are the same, so is all that follows."""
    asked = select(ItemStatistic.item_version_id, ItemStatistic.computed_at).join(Item, Item.current_version_id == ItemStatistic.item_version_id)
    return tuple((version_id, at) for version_id, at in db.session.execute(asked.where(IN_USE, _ENOUGH).order_by(ItemStatistic.item_version_id)))


def answered_items() -> list[AnsweredItem]:
    """The items in use with the figures of their current versions, where there are enough answers to act on, or the key is in doubt."""
    asked = select(Item.slug, ItemVersion.number, ItemVersion.kind, ItemVersion.family, ItemVersion.language, ItemStatistic.figures)
    asked = asked.join(ItemVersion, ItemVersion.id == Item.current_version_id).join(ItemStatistic, ItemStatistic.item_version_id == ItemVersion.id)
    return [
        AnsweredItem(slug, number, ItemKind(kind), family, language, ITEM_FIGURES.validate_python(figures))
        for slug, number, kind, family, language, figures in db.session.execute(asked.where(IN_USE, _ENOUGH).order_by(Item.slug))
    ]


def used_items() -> list[UsedItem]:
    """On how many forms of each published exam each item in use was, where it was on enough to be over the cap."""
    titles = {exam.id: (exam.slug, exam.document.title) for exam in exams()}
    drawn = {row[0]: forms_told(*row[1:]).drawn for row in db.session.execute(select(Exam.id, *FORMS_DRAWN))}
    uses, fewest = all_uses(), EXPOSURE_CAP * FORMS_BEFORE_EXPOSURE_BINDS
    asked = select(uses.c.exam_id, Item.slug, func.sum(uses.c.form_count)).join(Item, Item.id == uses.c.item_id).where(IN_USE)
    rows = db.session.execute(asked.group_by(uses.c.exam_id, Item.slug).having(func.sum(uses.c.form_count) > fewest))
    return [UsedItem(slug, *titles[exam_id], int(count), drawn[exam_id]) for exam_id, slug, count in rows if exam_id in titles]


_ALIKE: Remembered[tuple[int, ...], list[Pair]] = Remembered(4)
"""Which of these versions of items say nearly the same: versions are never edited."""


def said_items() -> tuple[list[SaidItem], list[Pair]]:
    """The items in use, by id, and which of them say nearly the same."""
    asked = select(Item.slug, ItemVersion.id, ItemVersion.family, ItemVersion.language).join(ItemVersion, ItemVersion.id == Item.current_version_id)
    items = [SaidItem(*row) for row in db.session.execute(asked.where(IN_USE).order_by(Item.slug))]
    versions = tuple(item.version_id for item in items)
    known = _ALIKE.get(versions)
    return items, _ALIKE.put(versions, alike(_texts())) if known is None else known


def _texts() -> list[tuple[str, str]]:
    """What each of them says to candidates, with its language, in the same order."""
    asked = select(ItemVersion.language, ItemVersion.document, CaseVersion.surface, CaseVersion.content).join(Item, Item.current_version_id == ItemVersion.id)
    rows = db.session.execute(asked.outerjoin(CaseVersion, CaseVersion.id == ItemVersion.case_version_id).where(IN_USE).order_by(Item.slug))
    return [
        (language, said(Surface(surface), content) if surface else "\n".join(_written([document.get(part) for part in WRITTEN])))
        for language, document, surface, content in rows
    ]


def _written(values: Iterable[Any]) -> Iterable[str]:
    """Every text that stands for itself in these, or under a name by which candidates read it."""
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from _written(value)
        elif isinstance(value, dict):
            yield from _written([inner for name, inner in value.items() if name in SHOWN_TEXTS])


def held_keys() -> list[HeldKey]:
    """Items and cases that a changed rule holds, by id."""
    released = select(func.max(ItemFlagEvent.id)).where(ItemFlagEvent.item_id == Item.id, ItemFlagEvent.deed == FlagDeed.RELEASED.value).correlate(Item)
    holds = (ItemFlagEvent.deed == FlagDeed.HELD.value, ItemFlagEvent.rule_author_id.is_not(None))
    items = select(Item.slug, ItemVersion.clauses, func.max(ItemFlagEvent.id)).join(ItemVersion, ItemVersion.id == Item.current_version_id)
    items = items.join(ItemFlagEvent, ItemFlagEvent.item_id == Item.id).where(Item.state == ItemState.HELD.value, *holds)
    items = items.where(ItemFlagEvent.id > func.coalesce(released.scalar_subquery(), 0)).group_by(Item.id, Item.slug, ItemVersion.id)
    last = select(func.max(CaseHold.id)).where(CaseHold.case_id == Case.id, CaseHold.deed == HoldDeed.HELD.value).correlate(Case).scalar_subquery()
    cases = select(Case.slug, CaseReference.clauses, last).join(CaseReference, CaseReference.id == Case.current_reference_id).where(Case.is_held)
    return [
        *(HeldKey(slug, True, tuple(clauses), hold_id) for slug, clauses, hold_id in db.session.execute(items.order_by(Item.slug))),
        *(HeldKey(slug, False, tuple(clauses), hold_id) for slug, clauses, hold_id in db.session.execute(cases.order_by(Case.slug))),
    ]


def decided_disputes(*, since: datetime) -> list[DisputedKey]:
    """The disputes that were decided since, in the order in which they were opened, with how many people called the key wrong and stood by it."""
    stands = ~select(ClaimWithdrawal.claim_id).where(ClaimWithdrawal.claim_id == DisputeClaim.id).exists()
    claims = select(func.count()).where(DisputeClaim.dispute_id == Dispute.id, stands).correlate(Dispute).scalar_subquery()
    asked = _disputes(select(Case.slug, Item.slug, Dispute.public_id, claims, DisputeDecision.outcome))
    rows = db.session.execute(asked.join(DisputeDecision, DisputeDecision.dispute_id == Dispute.id).where(DisputeDecision.decided_at >= since))
    return [DisputedKey(case or item, case is None, public_id, count, outcome == Outcome.UPHELD.value) for case, item, public_id, count, outcome in rows]


def open_disputes() -> set[tuple[bool, str]]:
    """What is disputed now and not decided: whether it is an item, and its id."""
    decided = select(DisputeDecision.dispute_id).where(DisputeDecision.dispute_id == Dispute.id).correlate(Dispute).exists()
    return {(case is None, case or item) for case, item in db.session.execute(_disputes(select(Case.slug, Item.slug)).where(~decided))}


def _disputes(asked: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    asked = asked.select_from(Dispute).outerjoin(CaseReference, CaseReference.id == Dispute.reference_id).outerjoin(Case, Case.id == CaseReference.case_id)
    return asked.outerjoin(ItemVersion, ItemVersion.id == Dispute.item_version_id).outerjoin(Item, Item.id == ItemVersion.item_id).order_by(Dispute.id)


def labelled_cases() -> list[LabelledCase]:
    """Every case that may be practised, by id, with how many labelled its current version in calibration sessions without having been told its reference."""
    other = aliased(Judgement)
    is_elsewhere = (other.person_id == Judgement.person_id, other.case_id == Judgement.case_id, other.source != Source.CALIBRATION.value)
    was_told = select(other.id).where(*is_elsewhere, other.given_at <= Judgement.given_at).correlate(Judgement).exists()
    blind = (Judgement.source == Source.CALIBRATION.value, IS_FIRST, ~was_told)
    counted = select(Judgement.case_version_id, func.count(Judgement.person_id.distinct()).label("count")).where(*blind)
    labels = counted.group_by(Judgement.case_version_id).subquery("labels")
    asked = select(Case.slug, Case.area, Case.severity, Case.current_version_id, func.coalesce(labels.c.count, 0))
    asked = asked.outerjoin(labels, labels.c.case_version_id == Case.current_version_id).where(IS_PRACTISED).order_by(Case.slug)
    return [LabelledCase(*row) for row in db.session.execute(asked)]


def known_stems(person_id: int, slugs: Collection[str]) -> dict[str, str]:
    """The stems, as HTML, of those of these items with which a person is acquainted: they never draw them, and may read them."""
    by_item = select(ItemAcquaintance.id).where(ItemAcquaintance.item_id == Item.id, ItemAcquaintance.person_id == person_id)
    own_texts = (TextAcquaintance.person_id == person_id, TextAcquaintance.kind == KnownText.ITEM.value, TextAcquaintance.slug == Item.slug)
    is_known = or_(by_item.exists(), select(TextAcquaintance.id).where(*own_texts).exists())
    asked = select(Item.slug, ItemVersion.stem_html).join(ItemVersion, ItemVersion.id == Item.current_version_id)
    return {slug: html for slug, html in db.session.execute(asked.where(Item.slug.in_(sorted(slugs)), is_known)) if html}
