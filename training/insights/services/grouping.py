"""The groups in which people are counted."""

from collections.abc import Collection, Mapping

from training.db import db
from training.insights import queries
from training.insights.models import OrganisationGroup
from training.insights.rules.groups import Group


def ids_of(groups: Collection[Group]) -> Mapping[str, int]:
    """The ids of these groups; who is the first of a group begins it."""
    known = queries.group_ids({group.key for group in groups})
    new = sorted({group for group in groups if group.key not in known}, key=lambda group: group.key)
    for group in new:
        said = {"team_id": group.team_id, "markets": list(group.markets), "languages": list(group.languages), "is_moderating": group.is_moderating}
        row = OrganisationGroup(key=group.key, person_count=0, **said)
        db.session.add(row)
        db.session.flush()
        known[group.key] = row.id
    return known
