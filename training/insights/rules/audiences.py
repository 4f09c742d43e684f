"""To which audiences somebody belongs: that they themselves, their team, their cohorts, or everybody of their market and language were asked for something."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from training.accounts.rules import FactKind
from training.courses.rules.assigning import rules_fitting


class Addressed(Protocol):
    """What was asked of one audience."""

    @property
    def person_id(self) -> int | None:
        """Whom, where it was one person."""

    @property
    def team_id(self) -> int | None:
        """Which team, where it was one."""

    @property
    def cohort_id(self) -> int | None:
        """Which cohort, where it was one."""

    @property
    def rule(self) -> str | None:
        """The key of an `AudienceRule`, where it was everybody of a market or language."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """One person, and the audiences that they are of."""

    person_id: int
    team_id: int | None
    cohort_ids: frozenset[int]
    rules: frozenset[str]

    def is_addressed_by(self, asked: Addressed) -> bool:
        """Whether this was asked of them."""
        if asked.team_id is not None:
            return asked.team_id == self.team_id
        if asked.cohort_id is not None:
            return asked.cohort_id in self.cohort_ids
        return asked.rule in self.rules if asked.rule is not None else asked.person_id == self.person_id


@dataclass(frozen=True, slots=True)
class Audiences:
    """Every audience that some people are of."""

    people: Sequence[int]
    teams: Sequence[int]
    cohorts: Sequence[int]
    rules: Sequence[str]


def belonging_of(person_id: int, values: Mapping[FactKind, Any]) -> Belonging:
    """The audiences of somebody of whom these facts are true."""
    cohort_ids = frozenset(map(int, values.get(FactKind.COHORTS, ())))
    rules = rules_fitting(values.get(FactKind.MARKETS, ()), values.get(FactKind.LANGUAGES, ()))
    return Belonging(person_id, values.get(FactKind.TEAM), cohort_ids, rules)


def audiences_of(belongings: Sequence[Belonging]) -> Audiences:
    """Every audience that any of these is of, in order."""
    return Audiences(
        people=[each.person_id for each in belongings],
        teams=sorted({each.team_id for each in belongings if each.team_id is not None}),
        cohorts=sorted({number for each in belongings for number in each.cohort_ids}),
        rules=sorted({rule for each in belongings for rule in each.rules}),
    )
