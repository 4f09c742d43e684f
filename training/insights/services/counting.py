"""Counting people anew of whom something changed, so that pages add up what is kept and look at nobody."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, update

from training.accounts.queries import states_of
from training.accounts.rules import PersonState
from training.db import db, insert_into, one_of_ids
from training.insights import queries
from training.insights.models import OrganisationGroup, OrganisationMember
from training.insights.rules.groups import group_of
from training.insights.services.following import follow
from training.insights.services.grouping import ids_of
from training.insights.services.lining import keep_lines

AT_ONCE = 100
"""Notes that one transaction takes: on SQLite nobody else writes meanwhile."""


def count_noted(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Count those anew of whom something changed; how many notes were taken, about so many. One counter at a time.

    A note is there as soon as what it tells of is, and is read first: whatever is changed later has a note of its own.
    """
    queries.hold_counting()
    taken = queries.due_notes(now=now, limit=limit)
    if taken:
        count_again(set(taken.values()), now=now)
        queries.forget_notes(taken)
    return len(taken)


def count_again(person_ids: Collection[int], *, now: datetime) -> None:
    """Count these people in the groups that are theirs now, what is followed of them, and how far they are on their way."""
    states = {person_id: state for person_id, state in states_of(person_ids, at=now).items() if state.is_active}
    groups = _place(person_ids, states)
    keep_lines(person_ids, queries.lines_of(states, at=now), groups, now=now)
    follow(person_ids, now=now)


def _place(person_ids: Collection[int], states: Mapping[int, PersonState]) -> dict[int, int]:
    """Count these people, of whom those who work here have a state, in their groups; the groups' ids by person."""
    groups = {person_id: group for person_id, state in states.items() if (group := group_of(state)) is not None}
    ids, before = ids_of(set(groups.values())), queries.members_among(person_ids)
    after = {person_id: ids[group.key] for person_id, group in groups.items()}
    moved = {person_id: group_id for person_id, group_id in after.items() if before.get(person_id) != group_id}
    gone = before.keys() - after.keys()
    if moved:
        put = insert_into(OrganisationMember)
        changed = put.on_conflict_do_update(index_elements=[OrganisationMember.person_id], set_={"group_id": put.excluded.group_id})
        db.session.connection().execute(changed, [{"person_id": person_id, "group_id": group_id} for person_id, group_id in sorted(moved.items())])
    if gone:
        left = delete(OrganisationMember).where(one_of_ids(OrganisationMember.person_id, "people"))
        db.session.execute(left.execution_options(synchronize_session=False), {"people": sorted(gone)})
    change = Counter(moved.values())
    change.subtract(before[person_id] for person_id in {*moved, *gone} if person_id in before)
    _keep_sizes(change)
    return after


def _keep_sizes(change: Mapping[int, int]) -> None:
    rows = [{"number": group_id, "more": more} for group_id, more in sorted(change.items()) if more]
    if rows:
        sizes = OrganisationGroup.__table__
        counted = update(sizes).where(sizes.c.id == bindparam("number")).values(person_count=sizes.c.person_count + bindparam("more"))  # type: ignore[arg-type]
        db.session.connection().execute(counted, rows)
