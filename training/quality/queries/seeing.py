"""Whose live quality somebody is responsible for."""

from collections.abc import Collection, Sequence
from datetime import datetime

from training.accounts.models import Person
from training.accounts.queries import people_of_team, person_by_public_id, state_of, team_names
from training.accounts.rules import Role
from training.errors import NotFound
from training.quality.models import SuspensionProposal
from training.quality.queries.following import open_proposals

SEES_EVERYBODY = frozenset({Role.QA, Role.TRAINER, Role.ADMIN, Role.AUDITOR})


def teams_seen(viewer_id: int, roles: Collection[str], *, at: datetime) -> dict[int, str]:
    """The teams whose live quality this viewer looks at, by name: a lead's own, everybody else's who may look every team."""
    names = team_names()
    if not SEES_EVERYBODY.isdisjoint(roles):
        return dict(sorted(names.items(), key=lambda pair: (pair[1], pair[0])))
    own = state_of(viewer_id, at=at).team_id
    return {own: names[own]} if own is not None else {}


def team_members(team_id: int, viewer_id: int, *, at: datetime) -> Sequence[Person]:
    """The active people of a team, by name, without the viewer."""
    return [person for person in people_of_team(team_id, at=at) if person.id != viewer_id]


def person_seen(viewer_id: int, roles: Collection[str], public_id: str, *, at: datetime) -> Person:
    """Somebody whose live quality this viewer may see, never themselves: a lead's team, or everybody. Raises NotFound."""
    found = person_by_public_id(public_id)
    if found is None or not may_see(viewer_id, roles, found.id, at=at):
        raise NotFound(public_id)
    return found


def proposals_waiting(viewer_id: int, roles: Collection[str], *, at: datetime) -> list[SuspensionProposal]:
    """The proposals that nobody decided about people whom this viewer looks after, the oldest first; never about themselves."""
    if not SEES_EVERYBODY.isdisjoint(roles):
        return [each for each in open_proposals() if each.person_id != viewer_id]
    own = state_of(viewer_id, at=at).team_id if Role.LEAD in roles else None
    return open_proposals([member.id for member in team_members(own, viewer_id, at=at)]) if own is not None else []


def may_see(viewer_id: int, roles: Collection[str], person_id: int, *, at: datetime) -> bool:
    """Whether this viewer is responsible for the live quality of this person."""
    if person_id == viewer_id:
        return False
    if not SEES_EVERYBODY.isdisjoint(roles):
        return True
    own = state_of(viewer_id, at=at).team_id
    return Role.LEAD in roles and own is not None and state_of(person_id, at=at).team_id == own
