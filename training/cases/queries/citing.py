"""Which cases are decided by which clauses."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, or_, select

from training.cases.models import Case, CaseReference
from training.cases.queries.cases import PRACTICE_CASES, PracticeCase, practice_case_of
from training.cases.rules import Pool
from training.db import db


def cites(clauses: Any, codes: Collection[str]) -> ColumnElement[bool]:
    """Whether a list of clauses, as a column, has one of these codes; codes hold no sign that a pattern minds."""
    return or_(*(cast(clauses, Text).contains(f'"{code}"') for code in sorted(codes)))


def practice_cases_citing(codes: Collection[str], *, leaving_out: Collection[str], count: int) -> list[PracticeCase]:
    """So many cases of the practice pool whose reference cites one of these clauses, by slug; none that cites one of those left out."""
    if not codes:
        return []
    asked = PRACTICE_CASES.join(CaseReference, CaseReference.id == Case.current_reference_id).where(cites(CaseReference.clauses, codes))
    asked = asked.where(~cites(CaseReference.clauses, leaving_out)) if leaving_out else asked
    return [practice_case_of(row) for row in db.session.execute(asked.limit(count))]


def cases_by_slugs(slugs: Collection[str]) -> list[Case]:
    """These cases, by slug, five hundred a statement."""
    wanted = sorted(slugs)
    chunks = [wanted[start : start + 500] for start in range(0, len(wanted), 500)]
    return [case for chunk in chunks for case in db.session.scalars(select(Case).where(Case.slug.in_(chunk)).order_by(Case.slug))]


def held_cases_citing(codes: Collection[str], *, skipped: int, count: int) -> list[tuple[Case, CaseReference]]:
    """The held cases whose reference cites one of these clauses, by slug, with their references."""
    if not codes:
        return []
    asked = select(Case, CaseReference).join(CaseReference, CaseReference.id == Case.current_reference_id)
    rows = db.session.execute(asked.where(Case.is_held, cites(CaseReference.clauses, codes)).order_by(Case.slug).offset(skipped).limit(count))
    return [(case, reference) for case, reference in rows]


def cases_citing(codes: Collection[str]) -> list[tuple[str, Pool]]:
    """Every case whose reference cites one of these clauses, by slug, and the pool it is in."""
    if not codes:
        return []
    asked = select(Case.slug, Case.pool).join(CaseReference, CaseReference.id == Case.current_reference_id).where(cites(CaseReference.clauses, codes))
    return [(slug, Pool(pool)) for slug, pool in db.session.execute(asked.order_by(Case.slug))]
