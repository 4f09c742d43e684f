"""Making and naming teams."""

import re
from collections.abc import Iterable
from datetime import datetime

from training.accounts import queries
from training.accounts.models import Team
from training.accounts.rules import AccountReason
from training.accounts.services.taken import unless_taken
from training.actors import Actor
from training.audit.services import record
from training.db import db
from training.errors import Refusal


def create_team(*, name: str, by: Actor, now: datetime) -> Team:
    """A new team. Raises Refusal for a name that is taken, or that differs from another's by punctuation only."""
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "team"
    _refuse_taken(name, slug, other_than=None)
    team = Team(slug=slug[:60], name=name)
    with unless_taken(AccountReason.TEAM_TAKEN, name=name):
        db.session.add(team)
    record("team.created", by=by, subject=("team", team.id), now=now)
    return team


def make_missing_teams(names: Iterable[str], *, by: Actor, now: datetime) -> None:
    """Make those of these teams that exist under neither name nor slug."""
    known = {name.casefold() for team in queries.teams() for name in (team.slug, team.name)}
    for name in dict.fromkeys(names):
        if name.casefold() not in known:
            team = create_team(name=name, by=by, now=now)
            known |= {team.slug, team.name.casefold()}


def rename_team(team: Team, *, name: str, by: Actor, now: datetime) -> None:
    """Give a team another name; its address stays."""
    _refuse_taken(name, team.slug, other_than=team)
    team.name = name
    record("team.renamed", by=by, subject=("team", team.id), now=now)


def _refuse_taken(name: str, slug: str, *, other_than: Team | None) -> None:
    for team in queries.teams():
        if team is not other_than and (team.slug == slug or team.name.casefold() == name.casefold()):
            raise Refusal(AccountReason.TEAM_TAKEN, name=team.name)
