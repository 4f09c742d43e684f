"""Keeping how far people are on their way, so that pages look at nobody."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from training.accounts.queries import states_of
from training.db import db, insert_into, one_of_ids
from training.insights.models import OrganisationFunnel, OrganisationWay
from training.insights.queries.milestones import milestones_of
from training.insights.queries.ways import MILESTONES, groups_followed, ways_by_group
from training.insights.rules.funnel import Milestones, packed
from training.insights.rules.groups import whereabouts_of
from training.insights.services.grouping import ids_of


def follow(person_ids: Collection[int], *, now: datetime) -> None:
    """Keep how far these people are now, and the ways of every group that they were or are in."""
    found = milestones_of(person_ids, now=now)
    groups = {person_id: whereabouts_of(state) for person_id, state in states_of(found, at=now).items()}
    ids, before = ids_of(set(groups.values())), groups_followed(person_ids)
    rows = [_row(person_id, ids[groups[person_id].key], known) for person_id, known in sorted(found.items())]
    if rows:
        put = insert_into(OrganisationWay)
        changed = {column.name: put.excluded[column.name] for column in OrganisationWay.__table__.columns if not column.primary_key}
        db.session.execute(put.on_conflict_do_update(index_elements=[OrganisationWay.person_id], set_=changed), rows)
    _forget(set(person_ids) - found.keys())
    _pack(before | {row["group_id"] for row in rows})


def _row(person_id: int, group_id: int, known: Milestones) -> dict[str, Any]:
    furthest = known.furthest
    days = {column.key: known.days.get(stage) for stage, column in MILESTONES.items()}
    said = {"left_on": known.left_on, "is_in_shadow": known.is_in_shadow, "furthest": furthest.value, "reached_on": known.days[furthest]}
    return {"person_id": person_id, "group_id": group_id, **days, **said}


def _forget(person_ids: Collection[int]) -> None:
    """Take away whoever, as is known now, was never active."""
    if person_ids:
        gone = delete(OrganisationWay).where(one_of_ids(OrganisationWay.person_id, "people"))
        db.session.execute(gone.execution_options(synchronize_session=False), {"people": sorted(person_ids)})


def _pack(group_ids: Collection[int]) -> None:
    """Keep the ways of these groups as pages read them."""
    if group_ids:
        ways = ways_by_group(group_ids)
        put = insert_into(OrganisationFunnel)
        changed = put.on_conflict_do_update(index_elements=[OrganisationFunnel.group_id], set_={"ways": put.excluded.ways})
        db.session.execute(changed, [{"group_id": group_id, "ways": packed(ways.get(group_id, ()))} for group_id in sorted(group_ids)])
