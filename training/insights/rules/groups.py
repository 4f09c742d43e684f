"""In which group of people somebody is counted, and which groups a reader asks about."""

from collections.abc import Iterable
from dataclasses import dataclass

from training.accounts.rules import PersonState, Role


@dataclass(frozen=True, slots=True)
class Group:
    """People who are alike in all that narrows figures. Everybody active is in exactly one group, so that groups add up and nobody counts twice."""

    team_id: int | None
    markets: tuple[str, ...]
    """In order, as are the languages."""
    languages: tuple[str, ...]
    is_moderating: bool
    """Whether they decide about cases at all: who does not is expected to practise nothing."""

    @property
    def key(self) -> str:
        """`12/ID,MY/en,id/moderating`: how the database tells groups apart."""
        return f"{self.team_id or ''}/{','.join(self.markets)}/{','.join(self.languages)}/{'moderating' if self.is_moderating else ''}"


def group_of(state: PersonState) -> Group | None:
    """The group of somebody of whom this is true; none for who does not work here."""
    return whereabouts_of(state) if state.is_active else None


def whereabouts_of(state: PersonState) -> Group:
    """The same whether or not they work here: of who left it is the one that they were in last."""
    return Group(state.team_id, tuple(sorted(state.markets)), tuple(sorted(state.languages)), Role.MODERATOR in state.roles)


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A group as it is kept."""

    id: int
    group: Group
    person_count: int


NO_TEAM = -1
"""Stands among the ids of teams for people who are in none."""
NO_CODE = "-"
"""Stands among markets and languages for people who have none."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """About whom a reader asks; what is empty does not narrow."""

    team_id: int | None = None
    """Or `NO_TEAM`."""
    market: str = ""
    """Or `NO_CODE`, as of the language."""
    language: str = ""

    def takes_in(self, group: Group) -> bool:
        """Whether people of this group are meant."""
        is_of_team = self.team_id in (None, group.team_id or NO_TEAM)
        return is_of_team and self.market in ("", *(group.markets or (NO_CODE,))) and self.language in ("", *(group.languages or (NO_CODE,)))

    def chosen(self, groups: Iterable[KnownGroup]) -> list[KnownGroup]:
        """Those of these groups that are meant."""
        return [known for known in groups if self.takes_in(known.group)]
