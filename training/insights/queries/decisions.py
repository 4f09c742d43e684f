"""What groups of people decided, month by month, where an expert said what was right; counted in the database, because it is of millions of answers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, case, func, literal, or_, select, union_all

from training.cases.models import CaseReference
from training.db import db, one_of_ids
from training.insights.models import OrganisationCounting, OrganisationDecision, OrganisationGroup, OrganisationMember
from training.insights.rules.enforcement import Basis, Enforced
from training.judgements.models import Judgement
from training.judgements.queries import COUNTS as JUDGEMENT_COUNTS
from training.judgements.queries.deciding import defers, lets_be
from training.judgements.rules import ErrorKind
from training.quality.models import QualityAudit
from training.quality.queries.audits import COUNTS as AUDIT_COUNTS
from training.quality.rules import AuditError, Sampling

Edges = Sequence[tuple[date, datetime]]
"""The first day of each month, in order, and the instant at which the next one begins."""

COUNTED = ("count", "right", "hits", "misses", "false_alarms", "correct_rejections", "wrong_selections")


@dataclass(frozen=True, slots=True)
class _Answered:
    """What is looked at of one answer, as columns."""

    acts: ColumnElement[bool]
    """Whether the expert says act."""
    lets_be: ColumnElement[bool]
    is_right: ColumnElement[bool]
    error: Any
    defers: ColumnElement[bool]

    @property
    def flags(self) -> list[ColumnElement[int]]:
        """1 or 0 for each of `COUNTED` but the first, as `rules.enforcement.enforced` counts one answer."""
        is_other = self.error == ErrorKind.WRONG_SELECTION.value
        agrees = or_(self.is_right, and_(is_other, ~self.defers))
        flags = (
            self.is_right,
            and_(self.acts, agrees),
            self.error == ErrorKind.FALSE_NEGATIVE.value,
            self.error == ErrorKind.FALSE_POSITIVE.value,
            and_(self.lets_be, agrees),
            is_other,
        )
        return [case((flag, 1), else_=0).label(name) for name, flag in zip(COUNTED[1:], flags, strict=True)]


_PREFERRED, _EXPECTED = CaseReference.decisions[0], QualityAudit.expected_decisions[0]
_EXPERTS = select(CaseReference.id, and_(~lets_be(_PREFERRED), ~defers(_PREFERRED)).label("acts"), lets_be(_PREFERRED).label("lets_be")).cte("experts")
_JUDGED = _Answered(_EXPERTS.c.acts, _EXPERTS.c.lets_be, Judgement.error.is_(None), Judgement.error, defers(Judgement.answer["actions"]))
_AUDITED = _Answered(
    and_(~lets_be(_EXPECTED), ~defers(_EXPECTED)),
    lets_be(_EXPECTED),
    or_(QualityAudit.error.is_(None), QualityAudit.error == AuditError.TECHNICAL.value),
    QualityAudit.error,
    defers(QualityAudit.given_decision),
)
IS_FIRST_ANSWER = and_(Judgement.is_first_exposure, JUDGEMENT_COUNTS)
"""What is counted of judgements: the first answers to a case, as they are scored now."""
IS_RANDOM_AUDIT = and_(QualityAudit.sampling == Sampling.RANDOM.value, AUDIT_COUNTS)
"""What is counted of audits: chance alone says how often somebody errs."""


def decisions_counted(edges: Edges, *, since: datetime) -> Select[*tuple[Any, ...]]:
    """All that is counted from an instant on, by month, basis and group: the rows of `OrganisationDecision`, as a question."""
    judged = select(_month(Judgement.given_at, edges), Judgement.source.label("basis"), Judgement.person_id, *_JUDGED.flags)
    judged = judged.join(_EXPERTS, _EXPERTS.c.id == Judgement.reference_id).where(Judgement.given_at >= since, IS_FIRST_ANSWER)
    audited = select(_month(QualityAudit.decided_at, edges), literal(Basis.AUDIT.value).label("basis"), QualityAudit.person_id, *_AUDITED.flags)
    audited = audited.where(QualityAudit.decided_at >= since, IS_RANDOM_AUDIT)
    answer = union_all(judged, audited).subquery("answers")
    keys = (answer.c.month, answer.c.basis, OrganisationMember.group_id)
    sums = [func.count().label(COUNTED[0]), *(func.sum(answer.c[name]).label(name) for name in COUNTED[1:])]
    asked = select(*keys, *sums, func.count(answer.c.person_id.distinct()).label("people"))
    return asked.join(OrganisationMember, OrganisationMember.person_id == answer.c.person_id).group_by(*keys)


def _month(at: Any, edges: Edges) -> ColumnElement[date]:
    """The first day of an instant's month."""
    return case(*((at < until, literal(first, Date())) for first, until in edges[:-1]), else_=literal(edges[-1][0], Date())).label("month")


@dataclass(frozen=True, slots=True)
class TeamDecisions:
    """What the people of a team decided, and at least how many of them."""

    team_id: int | None
    enforced: Enforced
    people: int
    """As many as in the month in which they were most: those of several months may be the same."""


def decisions_by_team(basis: Basis, months: Collection[date], *, among: Collection[int] | None) -> list[TeamDecisions]:
    """What is kept of these months, by team; of the groups `among` alone, or of everybody."""
    kept = OrganisationDecision
    monthly = select(OrganisationGroup.team_id, kept.month, *_sums(kept), func.sum(kept.people).label("people"))
    monthly = monthly.join(OrganisationGroup, OrganisationGroup.id == kept.group_id).where(kept.basis == basis.value, kept.month.in_(sorted(months)))
    if among is not None:
        monthly = monthly.where(one_of_ids(kept.group_id, "groups"))
    by_month = monthly.group_by(OrganisationGroup.team_id, kept.month).subquery()
    asked = select(by_month.c.team_id, *_sums(by_month.c), func.max(by_month.c.people)).group_by(by_month.c.team_id)
    rows = db.session.execute(asked, {"groups": sorted(among)} if among is not None else {})
    return [TeamDecisions(team_id, Enforced(*map(int, counts)), int(people)) for team_id, *counts, people in rows]


def _sums(columns: Any) -> list[ColumnElement[int]]:
    return [func.sum(getattr(columns, name)).label(name) for name in COUNTED]


def decisions_of_people(person_ids: Collection[int], basis: Basis, *, since: datetime) -> Mapping[int, Enforced]:
    """The same of each of these people from an instant on, counted from the ledgers. Never of exams, where it would tell of keys."""
    if basis is Basis.EXAM:
        return {}
    flags = select(QualityAudit.person_id, *_AUDITED.flags).where(QualityAudit.person_id.in_(sorted(person_ids)), QualityAudit.decided_at >= since)
    flags = flags.where(IS_RANDOM_AUDIT)
    if basis is not Basis.AUDIT:
        flags = select(Judgement.person_id, *_JUDGED.flags).join(_EXPERTS, _EXPERTS.c.id == Judgement.reference_id)
        flags = flags.where(Judgement.person_id.in_(sorted(person_ids)), Judgement.source == basis.value, Judgement.given_at >= since, IS_FIRST_ANSWER)
    answer = flags.subquery("answers")
    sums = [func.count(), *(func.sum(answer.c[name]) for name in COUNTED[1:])]
    rows = db.session.execute(select(answer.c.person_id, *sums).group_by(answer.c.person_id))
    return {person_id: Enforced(*map(int, counts)) for person_id, *counts in rows}


def counted_at(what: str) -> datetime | None:
    """When this was last counted as a whole."""
    return db.session.scalar(select(OrganisationCounting.counted_at).where(OrganisationCounting.what == what))
