"""Naming cohorts, and saying who is in them from now on."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from training.accounts import queries
from training.accounts.models import Cohort, PersonFact
from training.accounts.rules import AccountReason, FactKind, fact_value
from training.accounts.services.taken import unless_taken
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal

MOST_AT_ONCE = 2_000
"""How many people join or leave by one deed."""
A_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Joined:
    """What became of those who were to join."""

    new_count: int
    known_count: int
    """Who were in it already."""
    refused_ids: frozenset[int]
    """Who are not to: whoever adds them, and who does not work here any more."""


def name_cohort(*, name: str, by: Actor, now: datetime) -> Cohort:
    """A new cohort without people. Raises Refusal for a name that is taken."""
    _refuse_taken(name)
    cohort = Cohort(name=name, made_by_id=by.id, made_at=now)
    with unless_taken(AccountReason.COHORT_TAKEN, name=name):
        db.session.add(cohort)
    record("cohort.named", by=by, subject=("cohort", cohort.id), now=now, detail={"name": name})
    return cohort


def rename_cohort(cohort: Cohort, *, name: str, by: Actor, now: datetime) -> None:
    """Give a cohort another name. Raises Refusal for one that is taken."""
    if name == cohort.name:
        return
    _refuse_taken(name, other_than=cohort.id)
    before = cohort.name
    with unless_taken(AccountReason.COHORT_TAKEN, name=name):
        cohort.name = name
    record("cohort.renamed", by=by, subject=("cohort", cohort.id), now=now, detail={"name": name, "before": before})


def close_cohort(cohort: Cohort, *, by: Actor, now: datetime) -> None:
    """Let nobody join any more; who is in it stays, and what they were asked for. Closed already, nothing changes."""
    if cohort.closed_at is None:
        cohort.closed_at = now
        record("cohort.closed", by=by, subject=("cohort", cohort.id), now=now)


def open_cohort(cohort: Cohort, *, by: Actor, now: datetime) -> None:
    """Let people join again. Open already, nothing changes."""
    if cohort.closed_at is not None:
        cohort.closed_at = None
        record("cohort.opened", by=by, subject=("cohort", cohort.id), now=now)


def join_cohort(cohort: Cohort, person_ids: Collection[int], *, by: Actor, now: datetime) -> Joined:
    """Let these people be in a cohort, which the caller holds, from now on.

    Nobody adds themselves, for what is true of a person is another's to say. Raises Refusal for a closed cohort, and for too many at once.
    """
    if cohort.closed_at is not None:
        raise Refusal(AccountReason.COHORT_CLOSED)
    wanted = frozenset(person_ids)
    _refuse_many(len(wanted))
    joining = queries.joinable_ids(wanted - {by.id})
    new = [person_id for chunk in _chunks(sorted(joining)) for person_id in _change(cohort.id, chunk, is_in=True, by=by, now=now)]
    if new:
        record("cohort.joined", by=by, subject=("cohort", cohort.id), now=now, detail={"people": len(new)})
    return Joined(len(new), len(joining) - len(new), wanted - joining)


def leave_cohort(cohort: Cohort, person_ids: Collection[int], *, by: Actor, now: datetime) -> int:
    """Let these people not be in a cohort any more; how many that changes. What they did in it stays."""
    _refuse_many(len(person_ids))
    gone = [person_id for chunk in _chunks(sorted(set(person_ids) - {by.id})) for person_id in _change(cohort.id, chunk, is_in=False, by=by, now=now)]
    if gone:
        record("cohort.left", by=by, subject=("cohort", cohort.id), now=now, detail={"people": len(gone)})
    return len(gone)


def _change(cohort_id: int, person_ids: Sequence[int], *, is_in: bool, by: Actor, now: datetime) -> list[int]:
    """Append a fact for those of these people for whom it is news, as `record_facts` does for one; who they are."""
    before = queries.cohorts_by_person(person_ids)
    after = {person_id: known | {cohort_id} if is_in else known - {cohort_id} for person_id, (known, _) in before.items()}
    changed = [person_id for person_id in person_ids if after[person_id] != before[person_id][0]]
    rows = [_row(person_id, after[person_id], by=by, now=max(now, before[person_id][1] or now)) for person_id in changed]
    db.session.add_all(rows)
    db.session.flush()
    (queries.list_in_cohort if is_in else queries.unlist_from_cohort)(cohort_id, changed)
    detail = {"kinds": [FactKind.COHORTS.value], "effective_from": now.isoformat(timespec="seconds")}
    for person_id in changed:
        record("person.facts_recorded", by=by, subject=("person", person_id), now=now, detail=detail)
    return changed


def _row(person_id: int, cohort_ids: Collection[int], *, by: Actor, now: datetime) -> PersonFact:
    value = fact_value(FactKind.COHORTS, map(str, cohort_ids))
    return PersonFact(person_id=person_id, kind=FactKind.COHORTS.value, value={"value": value}, effective_from=now, recorded_at=now, recorded_by_id=by.id)


def _chunks(person_ids: Sequence[int]) -> list[Sequence[int]]:
    return [person_ids[start : start + A_STATEMENT] for start in range(0, len(person_ids), A_STATEMENT)]


def _refuse_many(count: int) -> None:
    if count > MOST_AT_ONCE:
        raise Refusal(AccountReason.COHORT_TOO_LARGE, count=count, most=MOST_AT_ONCE)


def _refuse_taken(name: str, *, other_than: int | None = None) -> None:
    if queries.is_cohort_name_taken(name, other_than=other_than):
        raise Refusal(AccountReason.COHORT_TAKEN, name=name)
