"""Hold cases whose reference is in doubt, and let them go again. No answer is scored anew, and no reference changes."""

from collections.abc import Collection
from datetime import datetime

from training.actors import Actor, ActorKind
from training.audit.services import record
from training.cases import queries
from training.cases.models import Case, CaseHold
from training.cases.rules import HoldDeed, HoldRefusal
from training.db import db
from training.errors import Refusal


def hold_cases(slugs: Collection[str], *, reason: str, by: Actor, now: datetime) -> None:
    """Let these cases be drawn for nobody in free practice; those that are held already stay so."""
    for case in queries.cases_by_slugs(slugs):
        if not case.is_held:
            _append(case, HoldDeed.HELD, reason=reason, by=by, now=now)


def release_case(case: Case, *, reason: str, by: Actor, now: datetime) -> None:
    """Let a case be drawn again. Raises Refusal where it is not held."""
    if not case.is_held:
        raise Refusal(HoldRefusal.NOT_HELD)
    _append(case, HoldDeed.RELEASED, reason=reason, by=by, now=now)


def release_rekeyed(case: Case, *, now: datetime) -> None:
    """A held case was given another reference: it is drawn again."""
    if case.is_held:
        _append(case, HoldDeed.RELEASED, reason="It was given another reference.", by=None, now=now)


def _append(case: Case, deed: HoldDeed, *, reason: str, by: Actor | None, now: datetime) -> None:
    case.is_held = deed is HoldDeed.HELD
    by_id = by.id if by is not None and by.kind is ActorKind.PERSON else None
    db.session.add(CaseHold(case_id=case.id, deed=deed.value, reason=reason, by_id=by_id, at=now))
    db.session.flush()
    if by is not None:
        record(f"case.{deed}", by=by, subject=("case", case.slug), now=now, detail={"reason": reason})
