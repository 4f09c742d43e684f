"""What people answered about clauses that a policy change touched, before and after it; counted in the database."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, literal, or_, select, tuple_, union_all

from training.cases.models import CaseReference
from training.cases.queries import cites
from training.certification.models import Obligation
from training.courses.models import Acknowledgement, Module
from training.db import UtcDateTime, db
from training.insights.models import ChangeCount, ChangeEffect, ChangeUptake
from training.insights.queries.decisions import IS_FIRST_ANSWER, IS_RANDOM_AUDIT
from training.insights.rules.effects import Answers, Phase, Side, Window
from training.insights.rules.enforcement import Basis
from training.judgements.models import Judgement
from training.policy_changes.models import PublishedChange
from training.policy_changes.rules.changes import PolicyChange
from training.quality.models import QualityAudit
from training.quality.rules import AuditError


def acknowledged(change: PolicyChange) -> Subquery:
    """When everybody who did first acknowledged the version of a change, or a later one."""
    new = change.new
    version = tuple_(Acknowledgement.major, Acknowledgement.minor, Acknowledgement.patch)
    asked = select(Acknowledgement.person_id, func.min(Acknowledgement.acknowledged_at, type_=UtcDateTime()).label("at"))
    asked = asked.join(Module, Module.id == Acknowledgement.module_id).where(Module.slug == change.module)
    return asked.where(version >= tuple_(new.major, new.minor, new.patch)).group_by(Acknowledgement.person_id).subquery("learned")


def effects_counted(change_id: int, change: PolicyChange, window: Window) -> Select[*tuple[Any, ...]]:
    """Everything that is counted of a change: the rows of `ChangeEffect`, as a question. `rules.effects.phase_of` says the same of one answer."""
    answer, learned = _answers(change, window), acknowledged(change)
    is_learned = and_(learned.c.at.is_not(None), learned.c.at < window.until)
    side = case((is_learned, Side.ACKNOWLEDGED.value), else_=Side.OTHERS.value)
    phase = case(
        (answer.c.at < window.published_at, Phase.BEFORE.value),
        (and_(is_learned, answer.c.at < learned.c.at), Phase.BETWEEN.value),
        else_=Phase.AFTER.value,
    )
    told = select(answer.c.basis, side.label("side"), phase.label("phase"), answer.c.person_id, answer.c.right)
    each = told.outerjoin_from(answer, learned, learned.c.person_id == answer.c.person_id).subquery("told")
    keys = (each.c.basis, each.c.side, each.c.phase)
    counts = (func.count().label("count"), func.sum(each.c.right).label("right"), func.count(each.c.person_id.distinct()).label("people"))
    return select(literal(change_id).label("change_id"), *keys, *counts).group_by(*keys)


def _answers(change: PolicyChange, window: Window) -> Subquery:
    """The first answers to cases that the touched clauses decide, and random audits of decisions about them, within the window."""
    codes = change.touched
    own = (Judgement.given_at >= window.since, Judgement.given_at < window.until, IS_FIRST_ANSWER)
    judged = select(Judgement.source.label("basis"), Judgement.person_id, Judgement.given_at.label("at"), _flag(Judgement.error.is_(None)))
    of_case = and_(CaseReference.id == Judgement.reference_id, CaseReference.case_id == Judgement.case_id)
    judged = judged.join(CaseReference, of_case).where(cites(CaseReference.clauses, codes), *own)
    is_right = or_(QualityAudit.error.is_(None), QualityAudit.error == AuditError.TECHNICAL.value)
    audited = select(literal(Basis.AUDIT.value).label("basis"), QualityAudit.person_id, QualityAudit.decided_at.label("at"), _flag(is_right))
    within = (QualityAudit.decided_at >= window.since, QualityAudit.decided_at < window.until, IS_RANDOM_AUDIT)
    return union_all(judged, audited.where(QualityAudit.clause.in_(sorted(codes)), *within)).subquery("answers")


def _flag(is_right: ColumnElement[bool]) -> ColumnElement[int]:
    return case((is_right, 1), else_=0).label("right")


def uptake_counted(change_id: int, change: PolicyChange, days: Mapping[int, datetime]) -> Select[*tuple[Any, ...]]:
    """How many of those asked acknowledged it on which day: the rows of `ChangeUptake`, as a question. `days` are by number the instants at which they end."""
    learned = acknowledged(change)
    day = case(*((learned.c.at < until, number) for number, until in sorted(days.items())))
    told = select(day.label("day")).select_from(learned).where(learned.c.person_id.in_(asked_of(change)), learned.c.at < max(days.values())).subquery()
    return select(literal(change_id).label("change_id"), told.c.day, func.count().label("people")).group_by(told.c.day)


def asked_of(change: PolicyChange) -> Select[int]:
    """Those whom a change asks to learn it, as a question."""
    return select(Obligation.person_id).where(Obligation.module_slug == change.module, Obligation.module_version == str(change.new))


def asked_count(change: PolicyChange) -> int:
    """How many people a change asks."""
    return db.session.scalar(select(func.count()).select_from(asked_of(change).distinct().subquery())) or 0


@dataclass(frozen=True, slots=True)
class KeptEffects:
    """What is kept of a change."""

    answers: Mapping[Basis, Mapping[tuple[Side, Phase], Answers]]
    acknowledged: Mapping[int, int]
    """People by the day after publication on which they acknowledged it."""


def effects_kept(change_id: int) -> KeptEffects:
    """What was counted last of this change."""
    found: dict[Basis, dict[tuple[Side, Phase], Answers]] = {}
    for row in db.session.scalars(select(ChangeEffect).where(ChangeEffect.change_id == change_id)):
        found.setdefault(Basis(row.basis), {})[Side(row.side), Phase(row.phase)] = Answers(row.count, row.right, row.people)
    days = select(ChangeUptake.day, ChangeUptake.people).where(ChangeUptake.change_id == change_id)
    return KeptEffects({basis: found[basis] for basis in Basis if basis in found}, dict(db.session.execute(days).all()))


def changes_to_count() -> Collection[PublishedChange]:
    """Every change that was ever published, the latest first."""
    return db.session.scalars(select(PublishedChange).order_by(PublishedChange.published_at.desc(), PublishedChange.id.desc())).all()


def kept_of(change_id: int) -> ChangeCount | None:
    """Over how many weeks a change was counted, and of how many people; nothing before it was."""
    return db.session.get(ChangeCount, change_id)


def kept_of_all(change_ids: Collection[int]) -> dict[int, tuple[ChangeCount, int]]:
    """The same of several, each with how many of those asked acknowledged it in the weeks that are looked at."""
    learned = select(ChangeUptake.change_id, func.sum(ChangeUptake.people).label("people")).group_by(ChangeUptake.change_id).subquery()
    asked = select(ChangeCount, func.coalesce(learned.c.people, 0)).outerjoin(learned, learned.c.change_id == ChangeCount.change_id)
    rows = db.session.execute(asked.where(ChangeCount.change_id.in_(sorted(change_ids))))
    return {kept.change_id: (kept, int(people)) for kept, people in rows}
